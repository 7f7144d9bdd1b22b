/** How finely equity is kept, by age before the newest point: every slot, then hourly, then daily (TRADING 9). */
export const EQUITY_GRAIN = { hourlyAfterDays: 7, dailyAfterDays: 90 } as const;

const HOUR = 3600;
const DAY = 24 * HOUR;

/** The usual distance in seconds between points of this age. */
export const grainOf = (ageSeconds: number, intervalSeconds: number): number => {
  if (ageSeconds > EQUITY_GRAIN.dailyAfterDays * DAY) return Math.max(DAY, intervalSeconds);
  return ageSeconds > EQUITY_GRAIN.hourlyAfterDays * DAY ? Math.max(HOUR, intervalSeconds) : intervalSeconds;
};
