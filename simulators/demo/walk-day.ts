import type { DemoPair } from "./demo-pairs";
import { minuteLevels, MINUTES_PER_DAY } from "./minute-shape";
import { createSeededStream, type SeededStream } from "./seeded-stream";

/** Steps of the price inside a minute, so that highs and lows are wider than open and close. */
export const STEPS_PER_MINUTE = 5;
const STEPS = MINUTES_PER_DAY * STEPS_PER_MINUTE;

/** About two jumps per day and pair, and one in two days for the whole market. */
const OWN_JUMP_CHANCE = 2 / STEPS;
const MARKET_JUMP_CHANCE = 0.5 / STEPS;

/** A jump's size in standard deviations of a minute, either way; mostly 0. */
const jump = (stream: SeededStream, chance: number): number => {
  if (stream.uniform() >= chance) return 0;
  return (stream.uniform() < 0.5 ? -1 : 1) * (3 + 4 * stream.uniform());
};

export type DayWalk = {
  /** Log price after each step; the last one is the next day's anchor. */
  readonly path: Float64Array;
  readonly levels: Float64Array;
};

type Day = { readonly seed: number; readonly day: number; readonly opens: number; readonly closes: number };

/**
 * Walks from one anchor to the next: a random walk whose steps have the minute's level, pulled to the day's close in
 * proportion to the elapsed variance (a Brownian bridge in the market's own time). A pure function of its arguments.
 */
export const walkDay = (
  { pair, minuteDeviation, correlation }: DemoPair,
  { seed, day, opens, closes }: Day,
): DayWalk => {
  const levels = minuteLevels(seed, day, createSeededStream(seed, "bursts", day));
  const market = createSeededStream(seed, "market", day);
  const own = createSeededStream(seed, pair, "walk", day);
  const ownWeight = Math.sqrt(1 - correlation ** 2);
  const path = new Float64Array(STEPS);
  const variance = new Float64Array(STEPS);
  let [moved, spent] = [0, 0];
  for (let step = 0; step < STEPS; step += 1) {
    const deviation = minuteDeviation * (levels[Math.floor(step / STEPS_PER_MINUTE)] ?? 1);
    const stepDeviation = deviation / Math.sqrt(STEPS_PER_MINUTE);
    const shared = correlation * market.normal() + ownWeight * own.normal();
    moved += stepDeviation * shared + deviation * (jump(market, MARKET_JUMP_CHANCE) + jump(own, OWN_JUMP_CHANCE));
    spent += stepDeviation ** 2;
    path[step] = moved;
    variance[step] = spent;
  }
  const missing = closes - opens - moved;
  return { path: path.map((value, step) => opens + value + missing * ((variance[step] ?? 0) / spent)), levels };
};
