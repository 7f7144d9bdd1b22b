import { marketDay } from "./market-day";
import type { SeededStream } from "./seeded-stream";

export const MINUTES_PER_DAY = 1440;

/** Activity follows the hours of the world's offices: least at 04:00 UTC, most at 15:00. Its mean is about 1. */
export const activityAt = (minute: number): number => {
  const hour = minute / 60;
  return 1 + 0.35 * Math.cos(((hour - 15) / 24) * 2 * Math.PI) + 0.1 * Math.cos(((hour - 8) / 12) * 2 * Math.PI);
};

/** A burst of volatility loses half its strength in about 35 minutes. */
const PERSISTENCE = 0.98;
const BURST_DEVIATION = 0.5;

/**
 * How much livelier than a calm minute each minute of the day is: the day's turbulence, moving towards the next day's,
 * the time of day, and bursts that come and fade. `bursts` is the market's stream, so all pairs are lively together.
 */
export const minuteLevels = (seed: number, day: number, bursts: SeededStream): Float64Array => {
  const from = Math.log(marketDay(seed, day).turbulence);
  const to = Math.log(marketDay(seed, day + 1).turbulence);
  const innovation = BURST_DEVIATION * Math.sqrt(1 - PERSISTENCE ** 2);
  const levels = new Float64Array(MINUTES_PER_DAY);
  let burst = BURST_DEVIATION * bursts.normal();
  for (let minute = 0; minute < MINUTES_PER_DAY; minute += 1) {
    const turbulence = from + (to - from) * (minute / MINUTES_PER_DAY);
    levels[minute] = Math.exp(turbulence + burst) * Math.sqrt(activityAt(minute));
    burst = PERSISTENCE * burst + innovation * bursts.normal();
  }
  return levels;
};
