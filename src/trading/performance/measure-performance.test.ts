import { describe, expect, it } from "vitest";
import { decimal } from "../money";
import { measurePerformance, type Lived } from "./measure-performance";
import { riskedTrades } from "./testing/risked-trades";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const wins = (count: number) => riskedTrades(Array.from({ length: count }, () => ({ net: 10 })));
/** Equity of 1000 at the beginning of each of so many days. */
const lived = (days: number, part: Partial<Lived> = {}): Lived => ({
  initialCapital: decimal(1000),
  equity: Array.from({ length: days + 1 }, (_, day) => ({ at: day * DAY_MS, equity: decimal(1000) })),
  trades: [],
  openSince: [],
  ...part,
});

describe("what a bot did, measured", () => {
  it("of 30 trades in 30 days is enough to say something, of one less of either it is not", () => {
    const isTooFew = (days: number, trades: number): boolean =>
      measurePerformance(lived(days, { trades: wins(trades) })).isTooFew;
    expect([isTooFew(30, 30), isTooFew(29, 30), isTooFew(30, 29)]).toEqual([false, true, true]);
  });

  it("falls from the highest equity, that before the first slot among them", () => {
    const equity = [900, 950, 760, 760, 990].map((value, day) => ({ at: day * DAY_MS, equity: decimal(value) }));
    const { maxDrawdown, days } = measurePerformance(lived(0, { equity }));
    expect(maxDrawdown.fraction).toBeCloseTo(0.24, 12);
    expect(days).toBe(4);
  });

  it("takes trades by their exit, whatever order they come in", () => {
    const trades = riskedTrades([{ net: 10 }, { net: -10 }, { net: 20 }, { net: 30 }, { net: -1 }]);
    const { streaks, all } = measurePerformance(lived(2, { trades: trades.toReversed() }));
    expect(measurePerformance(lived(2, { trades })).streaks).toEqual(streaks);
    expect(streaks).toMatchObject({ wins: 2, losses: 1 });
    expect(all.trades).toBe(5);
  });

  it("is exposed while a position is held, one that is still open until the last slot", () => {
    // Of 48 hours one in the trade, and 12 in what is open since the second noon.
    const { exposure } = measurePerformance(lived(2, { trades: wins(1), openSince: [1.5 * DAY_MS] }));
    expect(exposure.value).toBeCloseTo(13 / 48, 12);
  });

  it("that lived no slot yet has no days and no figures, and says that it is too few", () => {
    const { days, isTooFew, maxDrawdown } = measurePerformance(lived(0, { equity: [] }));
    expect([days, isTooFew, maxDrawdown.fraction]).toEqual([0, true, 0]);
  });
});
