import { describe, expect, it } from "vitest";
import { decimal } from "../money";
import { drawRandomEntries, type PriceOf } from "./random-entry";
import { riskedTrades } from "./testing/risked-trades";

const HOUR_MS = 3_600_000;
/** Doubles at hour 50, and is flat before and after. */
const jump: PriceOf = (_pair, time) => (time >= 50 * HOUR_MS ? 200 : 100);
const span = { from: 0, through: 100 * HOUR_MS, stepMs: HOUR_MS, seed: 1 };

const tradesOf = (nets: readonly number[], given: object = {}) =>
  riskedTrades(nets.map((net) => ({ net, entryPrice: decimal(100), ...given }))).map(({ trade }) => trade);

describe("random entries", () => {
  it("make what the same value makes on the same side for the same time, at the costs of the trade", () => {
    const costs = { fees: decimal(1), slippage: decimal("0.5") };
    const [flat] = [drawRandomEntries(tradesOf([7], costs), { ...span, priceOf: () => 100 })];
    expect(flat).toEqual({ draws: 200, mean: -1.5, low: -1.5, high: -1.5, percentile: 1 });
    // Held from the first hour to the last: there is one instant to enter at, and the price doubles.
    const long = { ...costs, enteredAt: 0, exitedAt: 100 * HOUR_MS };
    expect(drawRandomEntries(tradesOf([7], long), { ...span, priceOf: jump })).toMatchObject({ mean: 98.5 });
    const short = { ...long, side: "short" };
    expect(drawRandomEntries(tradesOf([7], short), { ...span, priceOf: jump })).toMatchObject({ mean: -101.5 });
  });

  it("rank a bot that knew the instant above nearly all, and one that always missed it among the rest", () => {
    const knew = drawRandomEntries(tradesOf([100]), { ...span, priceOf: jump });
    // One of a hundred instants catches the jump; equal results count half.
    expect(knew?.percentile).toBeGreaterThan(0.97);
    const missed = drawRandomEntries(tradesOf([0]), { ...span, priceOf: jump });
    expect(missed?.percentile).toBeGreaterThan(0.45);
    expect(missed?.percentile).toBeLessThan(0.51);
  });

  it("are the same for one seed, others for another, and never leave the span", () => {
    const times: number[] = [];
    const priceOf: PriceOf = (_pair, time) => {
      times.push(time);
      return 100 + ((time / HOUR_MS) % 7);
    };
    const trades = tradesOf([3, -2, 5]);
    const first = drawRandomEntries(trades, { ...span, priceOf });
    expect(drawRandomEntries(trades, { ...span, priceOf })).toEqual(first);
    expect(drawRandomEntries(trades, { ...span, priceOf, seed: 2 })).not.toEqual(first);
    expect(Math.min(...times)).toBe(0);
    expect(Math.max(...times)).toBe(span.through);
    expect(times.every((time) => time % HOUR_MS === 0)).toBe(true);
  });

  it("are unknown without a trade or a price", () => {
    expect(drawRandomEntries([], { ...span, priceOf: () => 100 })).toBeNull();
    expect(drawRandomEntries(tradesOf([1]), { ...span, priceOf: () => null })).toBeNull();
  });
});
