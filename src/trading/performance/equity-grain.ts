/** How finely equity is kept, by its age in days before the newest point: every slot, then an hour, then a day (TRADING 9). */
export const EQUITY_GRAIN = { hourlyAfterDays: 7, dailyAfterDays: 90 } as const;

const HOUR = 3600;
const DAY = 24 * HOUR;

/** The distance in seconds at which points of this age follow each other. */
export const grainOf = (ageSeconds: number, intervalSeconds: number): number => {
  if (ageSeconds > EQUITY_GRAIN.dailyAfterDays * DAY) return Math.max(DAY, intervalSeconds);
  return ageSeconds > EQUITY_GRAIN.hourlyAfterDays * DAY ? Math.max(HOUR, intervalSeconds) : intervalSeconds;
};
