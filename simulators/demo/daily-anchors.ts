import type { DemoPair } from "./demo-pairs";
import { marketDay } from "./market-day";
import { createSeededStream } from "./seeded-stream";

/** The log price at which day `day` opens and the day before it closes. */
export type DailyAnchors = (day: number) => number;

/**
 * A seeded walk with one log price per day: the market's move times the pair's factor, plus a move of its own.
 * A pure function of (seed, pair, day); sums are cached, one number per day.
 */
export const createDailyAnchors = (seed: number, { pair, startPrice, beta, ownDeviation }: DemoPair): DailyAnchors => {
  const anchors = [Math.log(startPrice)];
  const moveOf = (day: number): number =>
    beta * marketDay(seed, day).move + ownDeviation * createSeededStream(seed, pair, "day", day).normal();
  return (day) => {
    let last = anchors[anchors.length - 1] ?? Math.log(startPrice);
    for (let next = anchors.length; next <= day; next += 1) {
      last += moveOf(next - 1);
      anchors.push(last);
    }
    return anchors[day] ?? last;
  };
};
