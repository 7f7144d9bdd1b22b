import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NEWEST_MATCHING, type Matching } from "../execution/matching";
import type { Candle } from "../market/candle";
import { HOUR_MS } from "../market/duration";
import { timeframeMs } from "../market/timeframe";
import { decimal, sumOf } from "../money";
import { planTerms, withLegs } from "../portfolio/exit-plan";
import type { PlannedPosition } from "../portfolio/position";
import type { PositionSide } from "../portfolio/position-side";
import { settlePosition, type Settled } from "./settle-position";
import { held } from "./testing/held-position";

const LENGTH_MS = timeframeMs("5m");
/** Two candles before funding is paid. */
const START = 8 * HOUR_MS - 2 * LENGTH_MS;
const END = START + 1000 * LENGTH_MS;
const TERMS = {
  takerFeeRate: decimal("0.0005"),
  timeframe: "5m",
  lot: decimal("0.001"),
  tick: decimal("0.01"),
} as const;

/** Walks with small steps and rare gaps, so that every kind of level is reached now and then. */
const walk = fc
  .array(
    fc.record({ gap: fc.integer({ min: -30, max: 30 }), up: fc.nat(40), down: fc.nat(40), closeShare: fc.nat(100) }),
    {
      minLength: 1,
      maxLength: 40,
    },
  )
  .map((steps) => {
    let price = 100;
    return steps.map(({ gap, up, down, closeShare }, index): Candle => {
      const open = Math.max(1, price * (1 + gap / 1000));
      const [high, low] = [open * (1 + up / 1000), open * (1 - down / 1000)];
      price = low + ((high - low) * closeShare) / 100;
      return { openTime: START + index * LENGTH_MS, open, high, low, close: price, volume: 1000 };
    });
  });

const fraction = fc.integer({ min: 1, max: 80 }).map((thousandths) => thousandths / 1000);
const anyTerms = fc.record({
  breakEven: fc.option(fraction.map((fromFraction) => ({ fromFraction, lockFraction: 0 }))),
  trailing: fc.option(
    fc.record({
      by: fc.constant("percent" as const),
      distanceFraction: fraction,
      fromFraction: fc.oneof(fc.constant(0), fraction),
    }),
  ),
  timeExitMinutes: fc.option(fc.integer({ min: 1, max: 250 })),
  targets: fc
    .uniqueArray(fraction, { maxLength: 3 })
    .map((gains) => gains.toSorted((a, b) => a - b).map((atFraction) => ({ atFraction, share: 0.3 }))),
  invalidation: fc.array(
    fc.oneof(
      fc.record({
        on: fc.constant("close" as const),
        operator: fc.constantFrom("<" as const, ">" as const),
        price: fc.integer({ min: 90, max: 110 }).map(String),
        candles: fc.integer({ min: 1, max: 3 }),
      }),
      fc.record({
        on: fc.constant("time" as const),
        minutes: fc.integer({ min: 1, max: 200 }),
        unlessPrice: fc.integer({ min: 95, max: 105 }).map(String),
      }),
    ),
    { maxLength: 2 },
  ),
});
/** Distances from the entry and quantities of legs, in hundredths. */
const anyLegs = fc
  .uniqueArray(fc.integer({ min: 1, max: 800 }), { maxLength: 3 })
  .chain((distances) =>
    fc.tuple(
      ...distances
        .toSorted((a, b) => a - b)
        .map((distance) => fc.tuple(fc.constant(distance), fc.integer({ min: 1, max: 500 }))),
    ),
  );
const heldWithLegs = (legs: readonly (readonly [number, number])[], position: PlannedPosition): PlannedPosition => {
  const sign = position.side === "long" ? -1 : 1;
  const entryLegs = legs.map(([distance, quantity]) => ({
    price: String(100 + (sign * distance) / 100),
    quantity: String(quantity / 100),
    fee: "0.01",
  }));
  return { ...position, exitPlan: withLegs(position.exitPlan, entryLegs) };
};
/** What its trader ordered, in candles from the start; the stop may protect more or less. */
const anyOrders = fc.record({
  closeAt: fc.option(fc.nat(40), { freq: 4 }),
  stop: fc.option(fc.record({ at: fc.nat(40), away: fc.integer({ min: 1, max: 12 }) })),
  exits: fc.option(fc.record({ at: fc.nat(40), terms: anyTerms, away: fc.integer({ min: 1, max: 12 }) })),
});
type Orders = typeof anyOrders extends fc.Arbitrary<infer Value> ? Value : never;
const exitsOf = ({ exits }: Orders, position: PlannedPosition): PlannedPosition["exitPlan"]["exitsOrdered"] => {
  if (exits === null) return null;
  const [stopLoss, takeProfit] = [100 - exits.away, 100 + exits.away].map(String);
  const levels = position.side === "long" ? { stopLoss, takeProfit } : { stopLoss: takeProfit, takeProfit: stopLoss };
  const at = START + exits.at * LENGTH_MS - 1000;
  const { stopLoss: stop = null, takeProfit: target = null } = levels;
  return { at, version: 2, stopLoss: stop, takeProfit: target, ...planTerms(position, exits.terms, TERMS.tick) };
};
const ordered = (orders: Orders, position: PlannedPosition): PlannedPosition => {
  const { closeAt, stop } = orders;
  const level = stop && String(position.side === "long" ? 100 - stop.away : 100 + stop.away);
  return {
    ...position,
    exitPlan: {
      ...position.exitPlan,
      closeOrderedAt: closeAt === null ? null : START + closeAt * LENGTH_MS - 1000,
      stopOrdered: stop && { at: START + stop.at * LENGTH_MS - 1000, level: level ?? "" },
      exitsOrdered: exitsOf(orders, position),
    },
  };
};
const anyPlanned = fc
  .record({
    terms: anyTerms,
    side: fc.constantFrom<PositionSide>("long", "short"),
    leverage: fc.integer({ min: 1, max: 25 }),
    stop: fc.option(fc.integer({ min: 2, max: 10 })),
    target: fc.integer({ min: 2, max: 15 }),
    quantity: fc.integer({ min: 1, max: 500 }),
    legs: anyLegs,
    matching: fc.constantFrom<Matching>({ version: 1 }, NEWEST_MATCHING, {
      ...NEWEST_MATCHING,
      triggerBy: "mark",
      fundingRatePer8h: -0.002,
    }),
  })
  .map(({ terms, side, leverage, stop, target, quantity, legs, matching }) =>
    heldWithLegs(
      legs,
      held(terms, side, {
        matching,
        openedAt: START,
        settledThrough: START,
        markedAt: START,
        leverage: decimal(leverage),
        quantity: decimal(quantity).div(100),
        takeProfit: decimal(side === "long" ? 100 + target : 100 - target),
        stopLoss: stop === null ? null : decimal(side === "long" ? 100 - stop : 100 + stop),
      }),
    ),
  );

const anyHeld = fc.tuple(anyOrders, anyPlanned).map(([orders, position]) => ordered(orders, position));

const settleAt = (position: PlannedPosition, candles: readonly Candle[], time: number) =>
  settlePosition(position, candles, { ...TERMS, time });

describe("settlePosition by any exit plan, over random walks", () => {
  it("is a fold: it never matters when or how often somebody looks", () => {
    const kinds = new Map<string, number>();
    fc.assert(
      fc.property(anyHeld, walk, fc.array(fc.nat(41 * LENGTH_MS), { maxLength: 6 }), (position, candles, looks) => {
        const whole = settleAt(position, candles, END);
        let pieces: Settled = { ...position, entries: [], exits: [], funding: [] };
        for (const time of [...looks.toSorted((a, b) => a - b).map((at) => START + at), END]) {
          if (pieces.quantity.isZero()) break;
          const { entries, exits, funding, ...moved } = settleAt({ ...position, ...pieces }, candles, time);
          pieces = {
            ...moved,
            entries: [...pieces.entries, ...entries],
            exits: [...pieces.exits, ...exits],
            funding: [...pieces.funding, ...funding],
          };
        }
        const { entries, exits, funding, quantity, entryPrice, ...levels } = pieces;
        const { stopLoss, takeProfit, settledThrough, mark, markedAt, exitPlan } = levels;
        const joined = {
          entries,
          exits,
          funding,
          quantity,
          entryPrice,
          stopLoss,
          takeProfit,
          settledThrough,
          mark,
          markedAt,
          exitPlan,
        };
        expect(JSON.stringify(joined)).toBe(JSON.stringify(whole));
        const happened = [
          ...whole.entries.map(() => "entry-leg"),
          ...whole.exits.map(({ kind }) => kind),
          ...whole.funding.map(() => "funding"),
        ];
        for (const kind of happened) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      }),
      { numRuns: 1500 },
    );
    const reached = [...kinds].filter(([, count]) => count >= 10).map(([kind]) => kind);
    expect(new Set(reached), "an exit that no walk reaches would prove nothing").toEqual(
      new Set([
        "stop-loss",
        "take-profit",
        "liquidation",
        "break-even",
        "trailing-stop",
        "time-exit",
        "invalidation",
        "partial-target",
        "funding",
        "entry-leg",
        "by-hand",
      ]),
    );
  });

  it("never moves a stop by itself away from where it protects, and its exits never take more than was held", () => {
    fc.assert(
      fc.property(anyPlanned, walk, (position, candles) => {
        let now: PlannedPosition = position;
        for (const { openTime } of candles) {
          const before = now;
          const { exits: _exits, funding: _funding, ...moved } = settleAt(now, candles, openTime + LENGTH_MS);
          now = { ...now, ...moved };
          if (now.quantity.isZero()) break;
          const isLoose =
            position.side === "long"
              ? now.stopLoss?.lt(before.stopLoss ?? 0)
              : now.stopLoss?.gt(before.stopLoss ?? 1e9);
          expect([isLoose, now.stopLoss === null && before.stopLoss !== null]).not.toContain(true);
        }
        const { entries, exits, quantity } = settleAt(position, candles, END);
        const taken = exits.reduce((sum, { fill }) => sum.plus(fill.quantity), decimal(0));
        const entered = sumOf(entries.map(({ fill }) => fill.quantity));
        expect(taken.plus(quantity).eq(position.quantity.plus(entered))).toBe(true);
        expect(exits.every(({ fill }) => fill.quantity.gt(0))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
