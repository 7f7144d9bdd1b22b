import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { settlePosition } from "../settlement/settle-position";
import { decimal } from "../money";
import { planWholeExit } from "../portfolio/exit-plan";
import type { PlannedPosition } from "../portfolio/position";
import { marginOf, pricePnl, unrealizedPnl } from "../portfolio/position";
import { computeWorstCase, sumWorstCases } from "./worst-case";

const TICK = decimal("0.01");
const TERMS = { tick: TICK, takerFeeRate: decimal("0.0005") };

type Shape = {
  readonly side: "long" | "short";
  readonly entry: number;
  readonly mark: number;
  readonly leverage: number;
  readonly stop: number | null;
};

const open = ({ side, entry, mark, leverage, stop }: Shape, quantity = 2): PlannedPosition => ({
  id: "position",
  pair: "BTC/USDT",
  side,
  quantity: decimal(quantity),
  entryPrice: decimal(entry),
  leverage: decimal(leverage),
  margin: marginOf(decimal(entry), decimal(quantity), decimal(leverage)),
  stopLoss: stop === null ? null : decimal(stop),
  takeProfit: null,
  exitPlan: planWholeExit({ stopLoss: null, takeProfit: null }),
  openedAt: 0,
  settledThrough: 0,
  mark: decimal(mark),
  markedAt: 0,
});

const found = (shape: Shape): (string | null)[] => {
  const { lossAtStop, lossAtGap } = computeWorstCase(open(shape), TERMS);
  return [lossAtStop && lossAtStop.toFixed(), lossAtGap && lossAtGap.toFixed()];
};

describe("what an open position of 2 may still cost, from its mark", () => {
  it.each([
    // At 95 the loss is 2 x 10 and a fee of 190 x 0.05 %; the gap fills at 90.25: 2 x 14.75 and 0.09025.
    ["a long in profit", { side: "long", entry: 100, mark: 105, leverage: 1, stop: 95 }, "-20.095", "-29.59025"],
    // At 105 the loss is 2 x 5 and 0.105; the gap fills at 110.25: 2 x 10.25 and 0.11025.
    ["a short", { side: "short", entry: 100, mark: 100, leverage: 1, stop: 105 }, "-10.105", "-20.61025"],
    // Without a stop nothing bounds the loss before bankruptcy.
    ["a long without a stop", { side: "long", entry: 100, mark: 100, leverage: 1, stop: null }, null, null],
    // At 10x all margin is gone at 90: the gap to 87.4 costs 2 x 10 and the fee of 180 x 0.05 %.
    ["a long at 10x that gaps", { side: "long", entry: 100, mark: 100, leverage: 10, stop: 92 }, "-16.092", "-20.09"],
    // Liquidated at 100 x (1 - (0.1 - 0.004)) = 90.4 before its stop of 80: 2 x 9.6 and 0.0904.
    [
      "a stop behind liquidation",
      { side: "long", entry: 100, mark: 100, leverage: 10, stop: 80 },
      "-19.2904",
      "-20.09",
    ],
  ] as const)("%s", (_of, shape, atStop, atGap) => {
    expect(found(shape)).toEqual([atStop, atGap]);
  });

  it("is all of it without a stop: unlevered, what it is worth but for the last tick", () => {
    const { lossOfAll } = computeWorstCase(
      open({ side: "long", entry: 100, mark: 130, leverage: 1, stop: null }),
      TERMS,
    );
    // 2 x 129.99 and the fee of 2 x 0.01 x 0.05 %.
    expect(lossOfAll.toFixed()).toBe("-259.98001");
  });

  it("has the legs of its entry in it, each from its own price and with its fee, because they come before the stop", () => {
    const position = open({ side: "long", entry: 100, mark: 101, leverage: 1, stop: 90 });
    const entryLegs = [{ price: "95", quantity: "4", fee: "0.19" }];
    const { lossAtStop, lossOfAll } = computeWorstCase({ ...position, entryLegs }, TERMS);
    // 2 x 11 and 4 x 5, 0.19 for the leg and 0.05 % of 6 x 90.
    expect(lossAtStop?.toFixed()).toBe("-42.46");
    // 2 x 100.99 and 4 x 94.99, 0.19 and 0.05 % of 6 x 0.01.
    expect(lossOfAll.toFixed()).toBe("-582.13003");
  });

  it("is bounded by the bankruptcy of the whole: what a leg adds moves it away", () => {
    // Ten times levered alone from 100 it is bankrupt at 90, with as much at 92 from 96 at 86.4.
    const position = open({ side: "long", entry: 100, mark: 100, leverage: 10, stop: 91 });
    const entryLegs = [{ price: "92", quantity: "2", fee: "0.1" }];
    const { lossAtStop, lossAtGap } = computeWorstCase({ ...position, entryLegs }, TERMS);
    expect(lossAtStop?.toFixed()).toBe("-20.282");
    // The gap to 86.45: 2 x 13.55 and 2 x 5.55, 0.1 and 0.05 % of 4 x 86.45.
    expect(lossAtGap?.toFixed()).toBe("-38.4729");
  });

  it("adds up over positions, one without a stop with all of it, whether stops fill or prices gap", () => {
    const shapes: Shape[] = [
      { side: "long", entry: 100, mark: 105, leverage: 1, stop: 95 },
      { side: "long", entry: 100, mark: 130, leverage: 1, stop: null },
    ];
    const total = sumWorstCases(shapes.map((shape) => computeWorstCase(open(shape), TERMS)));
    expect(total.lossIfEveryStopFills.toFixed()).toBe(decimal("-20.095").minus("259.98001").toFixed());
    expect(total.lossWithGap.toFixed()).toBe(decimal("-29.59025").minus("259.98001").toFixed());
  });
});

const shapes = fc
  .record({
    side: fc.constantFrom("long" as const, "short" as const),
    entry: fc.integer({ min: 50, max: 5000 }),
    move: fc.integer({ min: -5, max: 30 }),
    leverage: fc.integer({ min: 1, max: 10 }),
    distance: fc.integer({ min: 6, max: 40 }),
  })
  .map(({ side, entry, move, leverage, distance }): Shape => {
    const at = (percent: number): number => (entry * (100 + (side === "long" ? percent : -percent))) / 100;
    return { side, entry, mark: at(move), leverage, stop: at(-distance) };
  });

describe("for any position", () => {
  it("the gap costs no less than the stop, and neither more than margin + unrealised and the exit's fee", () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const position = open(shape);
        const { lossAtStop, lossAtGap, lossOfAll } = computeWorstCase(position, TERMS);
        const atStake = position.margin.plus(unrealizedPnl(position));
        const feeMax = position.entryPrice.times(position.quantity).times("0.0012");
        expect(lossAtGap?.lte(lossAtStop ?? 0)).toBe(true);
        expect(lossAtGap?.gte(lossOfAll)).toBe(true);
        expect(lossOfAll.neg().lte(atStake.plus(feeMax))).toBe(true);
      }),
    );
  });

  it("the gap is no worse than what settlement books when the price gaps through every level", () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const position = open(shape);
        const { lossAtGap } = computeWorstCase(position, TERMS);
        const level = decimal(shape.side === "long" ? 0.01 : 1e6).toNumber();
        const candle = { openTime: 0, open: level, high: level, low: level, close: level, volume: null };
        const [exit] = settlePosition(position, [candle], {
          ...TERMS,
          lot: TICK,
          timeframe: "5m",
          time: 300_000,
        }).exits;
        if (!exit) throw new Error("a gap through every level closes");
        const booked = pricePnl(position.side, { entry: position.mark, exit: exit.fill.price }, position.quantity);
        expect(lossAtGap?.gte(booked.minus(exit.fill.fee.times(1.0001)).minus("0.01"))).toBe(true);
      }),
    );
  });
});
