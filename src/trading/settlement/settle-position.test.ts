import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Candle } from "../market/candle";
import { timeframeMs } from "../market/timeframe";
import { decimal } from "../money";
import { pricePnl, type PlannedPosition } from "../portfolio/position";
import { buildPosition } from "../portfolio/testing/position-builder";
import { feeOf } from "../execution/fees";
import { settlePosition, type Settled } from "./settle-position";

/** Taker fee, a fraction. */
const TAKER = decimal("0.0005");

const LENGTH_MS = timeframeMs("5m");
const TERMS = {
  takerFeeRate: TAKER,
  timeframe: "5m",
  lot: decimal("0.001"),
  tick: decimal("0.01"),
  time: 1000 * LENGTH_MS,
} as const;

/** A candle with these prices and so much volume that an order has no impact. */
const candle = (index: number, [open, high, low, close]: readonly number[]): Candle => ({
  openTime: index * LENGTH_MS,
  open: open ?? 0,
  high: high ?? 0,
  low: low ?? 0,
  close: close ?? 0,
  volume: 1e15,
});
const settle = (position: PlannedPosition, candles: readonly Candle[], time: number = TERMS.time) =>
  settlePosition(position, candles, { ...TERMS, time });
const long = (part: Partial<PlannedPosition> = {}) => buildPosition(part);
const short = (part: Partial<PlannedPosition> = {}) =>
  buildPosition({ side: "short", stopLoss: decimal(110), takeProfit: decimal(80), ...part });
const tenfold = { leverage: decimal(10), stopLoss: null, takeProfit: null };
const show = ({ exits }: Settled) =>
  exits.map(({ kind, fill }) => `${kind} ${fill.side} ${fill.price.toFixed()}`).join(", ") || "none";

describe("settlePosition over one candle", () => {
  // Half the spread is 0.01 % of the level, a tick of 0.01 here: a stop at 90 sells at 89.99, rounded down to 89.99.
  it.each<[string, PlannedPosition, readonly number[], string]>([
    ["between the levels", long(), [100, 119.99, 90.01, 100], "none"],
    ["touching the stop", long(), [100, 101, 90, 95], "stop-loss sell 89.99"],
    ["touching the target", long(), [100, 120, 99, 118], "take-profit sell 119.98"],
    ["touching both", long(), [100, 130, 80, 125], "stop-loss sell 89.99"],
    ["opening below the stop", long(), [85, 130, 84, 86], "stop-loss sell 84.99"],
    ["opening above the target", long(), [125, 126, 80, 100], "take-profit sell 124.98"],
    ["opening on the stop", long(), [90, 100, 90, 100], "stop-loss sell 89.99"],
    ["between the levels of a short", short(), [100, 109.99, 80.01, 100], "none"],
    ["touching a short's stop", short(), [100, 110, 99, 105], "stop-loss buy 110.02"],
    ["touching a short's target", short(), [100, 101, 80, 85], "take-profit buy 80.01"],
    ["touching both of a short", short(), [100, 120, 70, 75], "stop-loss buy 110.02"],
    ["opening above a short's stop", short(), [115, 116, 70, 75], "stop-loss buy 115.02"],
    ["opening below a short's target", short(), [75, 120, 74, 100], "take-profit buy 75.01"],
    ["without stop and target", long({ stopLoss: null, takeProfit: null }), [100, 500, 1, 200], "none"],
    ["touching the liquidation of a tenfold long", long(tenfold), [100, 101, 90.4, 95], "liquidation sell 90.39"],
    ["just missing it", long(tenfold), [100, 101, 90.41, 95], "none"],
    ["touching the liquidation of a tenfold short", short(tenfold), [100, 109.6, 99, 100], "liquidation buy 109.62"],
    ["gapping beyond bankruptcy", long(tenfold), [70, 72, 60, 65], "liquidation sell 90"],
    ["gapping beyond a short's bankruptcy", short(tenfold), [150, 160, 140, 145], "liquidation buy 110"],
    ["opening between liquidation and bankruptcy", long(tenfold), [90.2, 91, 90, 90.5], "liquidation sell 90.19"],
    [
      "touching a stop before the liquidation",
      long({ ...tenfold, stopLoss: decimal(95) }),
      [100, 101, 60, 65],
      "stop-loss sell 94.99",
    ],
    [
      "touching the liquidation before a stop beyond it",
      long({ ...tenfold, stopLoss: decimal(80) }),
      [100, 101, 60, 65],
      "liquidation sell 90.39",
    ],
    [
      "touching a stop on the liquidation price",
      long({ ...tenfold, stopLoss: decimal("90.4") }),
      [100, 101, 60, 65],
      "stop-loss sell 90.39",
    ],
    [
      "touching a short's stop on it",
      short({ ...tenfold, stopLoss: decimal("109.6") }),
      [100, 150, 99, 120],
      "stop-loss buy 109.62",
    ],
    [
      "touching the liquidation of a short before a stop beyond it",
      short({ ...tenfold, stopLoss: decimal(130) }),
      [100, 150, 99, 120],
      "liquidation buy 109.62",
    ],
    [
      "touching only the target of a leveraged long",
      long({ ...tenfold, takeProfit: decimal(105) }),
      [100, 106, 95, 100],
      "take-profit sell 104.98",
    ],
  ])("%s", (_case, position, prices, expected) => {
    expect(show(settle(position, [candle(0, prices)]))).toBe(expected);
  });

  it.each([
    ["gaps beyond bankruptcy: nothing slipped, the venue bears the rest", [70, 72, 60, 65], "90 0 0.045"],
    ["slips to bankruptcy from the liquidation price", [100, 101, 60, 65], "90 0.4 0.045"],
  ])("books what it %s", (_case, prices, costs) => {
    const thin = { ...candle(0, prices), volume: 1e-9 };
    const fill = settle(long(tenfold), [thin]).exits[0]?.fill;
    expect([fill?.price, fill?.slippage, fill?.fee].join(" ")).toBe(costs);
  });

  it("stamps the exit with the candle that touched, and says when it could be known", () => {
    const settled = settle(long(), [candle(0, [100, 101, 99, 100]), candle(1, [100, 101, 90, 95])]);
    expect(settled.exits[0]).toMatchObject({ filledAt: LENGTH_MS, knownAt: 2 * LENGTH_MS });
    expect(settled).toMatchObject({ settledThrough: 2 * LENGTH_MS, markedAt: 2 * LENGTH_MS });
  });

  it("marks at the close of the last candle, and looks no further than the first exit", () => {
    const open = settle(long(), [candle(0, [100, 101, 99, 100]), candle(1, [100, 105, 99, 104])]);
    expect([open.mark.toFixed(), open.markedAt, open.exits]).toEqual(["104", 2 * LENGTH_MS, []]);
    const closed = settle(long(), [candle(0, [100, 101, 80, 95]), candle(1, [100, 130, 99, 130])]);
    expect([closed.mark.toFixed(), closed.settledThrough]).toEqual(["95", LENGTH_MS]);
  });

  it("leaves out a candle that is settled already, began before the position, or has not closed", () => {
    const crash = (index: number) => candle(index, [100, 100, 1, 1]);
    expect(show(settle(long({ settledThrough: LENGTH_MS }), [crash(0)]))).toBe("none");
    expect(show(settle(long({ settledThrough: 1 }), [crash(0)]))).toBe("none");
    expect(show(settle(long(), [crash(3)], 4 * LENGTH_MS - 1))).toBe("none");
    expect(show(settle(long(), [crash(3)], 4 * LENGTH_MS))).toBe("stop-loss sell 89.99");
  });

  it("does nothing without a candle", () => {
    const position = long({ settledThrough: 7, mark: decimal(93), markedAt: 5 });
    const { exitPlan, stopLoss, takeProfit, quantity, entryPrice } = position;
    const nothing = {
      entries: [],
      exits: [],
      funding: [],
      quantity,
      entryPrice,
      stopLoss,
      takeProfit,
      settledThrough: 7,
      mark: decimal(93),
      markedAt: 5,
      exitPlan,
    };
    expect(settle(position, [])).toEqual(nothing);
  });
});

/** A random walk with gaps in price and in time, volatile enough to reach every level. */
const walk = fc
  .array(
    fc.record({
      gap: fc.integer({ min: -60, max: 60 }),
      up: fc.nat(80),
      down: fc.nat(80),
      closeShare: fc.integer({ min: 0, max: 100 }),
      skipped: fc.nat(1),
      volume: fc.option(fc.integer({ min: 0, max: 100_000 })),
    }),
    { minLength: 1, maxLength: 30 },
  )
  .map((steps) => {
    let [price, index] = [100, 0];
    return steps.map(({ gap, up, down, closeShare, skipped, volume }): Candle => {
      const open = Math.max(1, price * (1 + gap / 1000));
      const [high, low] = [open * (1 + up / 1000), open * (1 - down / 1000)];
      price = low + ((high - low) * closeShare) / 100;
      index += 1 + skipped;
      return { openTime: index * LENGTH_MS, open, high, low, close: price, volume };
    });
  });
const anyPosition = fc
  .record({
    isLong: fc.boolean(),
    leverage: fc.integer({ min: 1, max: 10 }),
    stop: fc.option(fc.integer({ min: 1, max: 250 })),
    target: fc.option(fc.integer({ min: 1, max: 250 })),
    quantity: fc.integer({ min: 1, max: 100_000 }),
  })
  .map(({ isLong, leverage, stop, target, quantity }) => {
    const level = (thousandths: number | null, isAbove: boolean) =>
      thousandths === null ? null : decimal(1000 + (isAbove ? thousandths : -thousandths)).div(10);
    return buildPosition({
      side: isLong ? "long" : "short",
      leverage: decimal(leverage),
      quantity: decimal(quantity).div(100),
      stopLoss: level(stop, !isLong),
      takeProfit: level(target, isLong),
    });
  });

describe("settlePosition over random walks", () => {
  it("is a fold: it never matters when or how often somebody looks", () => {
    let count = 0;
    fc.assert(
      fc.property(anyPosition, walk, fc.array(fc.nat(62 * LENGTH_MS), { maxLength: 5 }), (position, candles, looks) => {
        const whole = settle(position, candles);
        let pieces: Settled = { ...position, entries: [], exits: [], funding: [] };
        for (const time of [...looks.toSorted((a, b) => a - b), TERMS.time]) {
          if (pieces.quantity.isZero()) break;
          const { exits, ...moved } = settle({ ...position, ...pieces }, candles, time);
          pieces = { ...moved, exits: [...pieces.exits, ...exits] };
        }
        const { exits, quantity, stopLoss, settledThrough, mark, markedAt } = pieces;
        const last = { exits, quantity, stopLoss, settledThrough, mark, markedAt };
        expect(JSON.stringify({ ...whole, ...last })).toBe(JSON.stringify(whole));
        count += whole.exits.length;
      }),
      { numRuns: 500 },
    );
    expect(count, "walks that never touch a level would prove nothing").toBeGreaterThan(50);
  });

  it("never loses more than the margin, whatever the gap, the leverage and the volume", () => {
    fc.assert(
      fc.property(anyPosition, walk, (position, candles) => {
        const fill = settle(position, candles).exits[0]?.fill;
        const pnl = fill
          ? pricePnl(position.side, { entry: position.entryPrice, exit: fill.price }, fill.quantity)
          : decimal(0);
        expect(pnl.neg().lte(position.margin)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("closes the whole position, on the tick, by the side that closes it, with the fee of its price and no cost below zero", () => {
    fc.assert(
      fc.property(anyPosition, walk, (position, candles) => {
        const [exit] = settle(position, candles).exits;
        if (!exit) return;
        expect(exit.fill.quantity.eq(position.quantity)).toBe(true);
        expect(exit.fill.side).toBe(position.side === "long" ? "sell" : "buy");
        expect(exit.fill.price.mod(TERMS.tick).isZero()).toBe(true);
        expect(exit.fill.fee.eq(feeOf(exit.fill.price, exit.fill.quantity, TAKER))).toBe(true);
        expect(exit.fill.slippage.gte(0)).toBe(true);
      }),
    );
  });
});
