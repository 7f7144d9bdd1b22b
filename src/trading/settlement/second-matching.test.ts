import { describe, expect, it } from "vitest";
import { NEWEST_MATCHING, type SecondMatching } from "../execution/matching";
import { decimal } from "../money";
import { buildPosition } from "../portfolio/testing/position-builder";
import { settlePosition } from "./settle-position";

const TERMS = {
  timeframe: "5m",
  lot: decimal("0.001"),
  tick: decimal("0.01"),
  takerFeeRate: decimal("0.001"),
  time: 600_000,
} as const;
type Bar = [open: number, high: number, low: number, close: number];

/** What the exits of a long at 100, five times levered, are in one candle: "kind at price", and the last one's fee rate. */
const exitsOf = (bar: Bar, part: Partial<SecondMatching>, changes: Parameters<typeof buildPosition>[0] = {}) => {
  const [open, high, low, close] = bar;
  const candle = { openTime: 300_000, open, high, low, close, volume: 1_000_000_000 };
  const matching = { ...NEWEST_MATCHING, halfSpreadRate: 0, impactRate: 0, ...part };
  const position = buildPosition({
    leverage: decimal(5),
    openedAt: 300_000,
    settledThrough: 300_000,
    matching,
    ...changes,
  });
  return settlePosition(position, [candle], TERMS).exits.map(({ kind, fill }) => ({
    told: `${kind} at ${fill.price.toDecimalPlaces(1).toFixed()}`,
    feeRate: fill.fee.div(fill.price.times(fill.quantity)).toDecimalPlaces(5).toFixed(),
  }));
};
const toldOf = (...of: Parameters<typeof exitsOf>): string[] => exitsOf(...of).map(({ told }) => told);

describe("an exit by matching version 2", () => {
  it.each<[string, Bar, SecondMatching["triggerBy"], string[]]>([
    ["is triggered by a wick of the last price", [100, 101, 85, 99], "last", ["stop-loss at 90"]],
    ["is not by a wick of the mark", [100, 130, 85, 99], "mark", []],
    ["is by a close of the mark", [100, 101, 85, 89], "mark", ["stop-loss at 90"]],
    ["is by an open of the mark", [88, 101, 85, 100], "mark", ["stop-loss at 88"]],
    ["takes its target by a close of the mark", [100, 125, 99, 121], "mark", ["take-profit at 120"]],
  ])("%s", (_, bar, triggerBy, told) => {
    expect(toldOf(bar, { triggerBy })).toEqual(told);
  });

  it("that the venue forces comes at the tier of the position's value, and pays the venue's fee", () => {
    const unprotected = { stopLoss: null };
    const large = { ...unprotected, quantity: decimal(100_000) };
    // 80.36 for the lowest tier, 80.89 for the tier of 10 million.
    expect(toldOf([100, 100, 80.5, 90], {}, unprotected)).toEqual([]);
    expect(exitsOf([100, 100, 80.5, 90], {}, large)).toEqual([{ told: "liquidation at 81.2", feeRate: "0.0005" }]);
    expect(toldOf([80.5, 90, 80.4, 90], {}, unprotected)).toEqual([]);
    expect(toldOf([80.5, 90, 80.4, 90], {}, large)).toEqual(["liquidation at 80.5"]);
  });

  it("costs more in a candle that ranges wide", () => {
    const impact = { impactRate: 0.05 };
    const quantity = decimal(100_000_000);
    const [calm, crash] = [[90, 90.1, 89.99, 90] as Bar, [90, 90.1, 82, 83] as Bar].map((bar) =>
      toldOf(bar, impact, { quantity, leverage: decimal(1) }),
    );
    expect([calm, crash]).toEqual([["stop-loss at 88.6"], ["stop-loss at 23.3"]]);
  });
});
