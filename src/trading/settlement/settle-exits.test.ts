import { describe, expect, it } from "vitest";
import type { Candle } from "../market/candle";
import { timeframeMs } from "../market/timeframe";
import { decimal } from "../money";
import type { PlannedPosition } from "../portfolio/position";
import { settlePosition, type Settled } from "./settle-position";
import { held } from "./testing/held-position";

const LENGTH_MS = timeframeMs("5m");
const STEPS = { lot: decimal("0.001"), tick: decimal("0.01") };
const TERMS = { takerFeeRate: decimal("0.0005"), timeframe: "5m", ...STEPS } as const;
const candle = (index: number, [open = 0, high = 0, low = 0, close = 0]: readonly number[]): Candle => ({
  openTime: index * LENGTH_MS,
  open,
  high,
  low,
  close,
  volume: 1e15,
});

const settleAll = (position: PlannedPosition, prices: readonly (readonly number[])[], through = 1000): Settled =>
  settlePosition(
    position,
    prices.map((each, index) => candle(index, each)),
    { ...TERMS, time: through * LENGTH_MS },
  );

/** Kind, how much and at which candle; then where the stop stands and what is left. */
const tell = ({ exits, stopLoss, quantity }: Settled): string =>
  [
    ...exits.map(
      ({ kind, fill, filledAt }) =>
        `${kind} ${fill.quantity.toFixed()} at ${fill.price.toFixed()} in ${filledAt / LENGTH_MS}`,
    ),
    `stop ${stopLoss?.toFixed() ?? "none"}, left ${quantity.toFixed()}`,
  ].join("; ");

const BREAK_EVEN = { breakEven: { fromFraction: 0.05, lockFraction: 0.001 } };
const TRAIL = { trailing: { by: "percent", distanceFraction: 0.02 } };
const TRAIL_LATE = { trailing: { by: "percent", distanceFraction: 0.02, fromFraction: 0.05 } };
const PARTS = {
  targets: [
    { atFraction: 0.05, share: 0.5 },
    { atFraction: 0.1, share: 0.3 },
  ],
};
const quiet = [100, 101, 99, 100];

describe("settlePosition by an exit plan", () => {
  // Half the spread is 0.01 % of a level: a sale at 100.1 gives 100.08 on the tick.
  it.each<[string, PlannedPosition, readonly (readonly number[])[], string]>([
    ["break-even waits for its gain", held(BREAK_EVEN), [[100, 104.99, 99, 100]], "stop 90, left 1"],
    ["break-even moves the stop from the next candle on", held(BREAK_EVEN), [[100, 105, 95, 96]], "stop 100.1, left 1"],
    [
      "break-even stops at its own level",
      held(BREAK_EVEN),
      [
        [100, 105, 104, 104],
        [104, 104, 100.1, 103],
      ],
      "break-even 1 at 100.08 in 1; stop 100.1, left 0",
    ],
    [
      "a gap below break-even fills at the open",
      held(BREAK_EVEN),
      [
        [100, 105, 104, 104],
        [98, 99, 97, 98],
      ],
      "break-even 1 at 97.99 in 1; stop 100.1, left 0",
    ],
    [
      "a short's break-even",
      held(BREAK_EVEN, "short"),
      [
        [100, 101, 95, 96],
        [96, 99.9, 95, 97],
      ],
      "break-even 1 at 99.91 in 1; stop 99.9, left 0",
    ],
    ["a trail follows the best price", held(TRAIL), [[100, 110, 100, 109]], "stop 107.8, left 1"],
    [
      "a trail never goes back",
      held(TRAIL),
      [
        [100, 110, 100, 109],
        [109, 109.5, 108, 108],
      ],
      "stop 107.8, left 1",
    ],
    [
      "a trail closes where the price comes back by its distance",
      held(TRAIL),
      [
        [100, 110, 100, 109],
        [109, 109, 107.8, 108],
      ],
      "trailing-stop 1 at 107.78 in 1; stop 107.8, left 0",
    ],
    ["a trail that waits for its gain", held(TRAIL_LATE), [[100, 104.9, 100, 104]], "stop 90, left 1"],
    [
      "a trail whose gain came",
      held(TRAIL_LATE),
      [
        [100, 105, 104, 105],
        [105, 105, 104, 104],
      ],
      "stop 102.9, left 1",
    ],
    [
      "a trail of a short",
      held(TRAIL, "short"),
      [
        [100, 100, 90, 91],
        [91, 91.8, 91, 91],
      ],
      "trailing-stop 1 at 91.81 in 1; stop 91.8, left 0",
    ],
    [
      "a trail never moves a stop away",
      held(TRAIL, "long", { stopLoss: decimal(99) }),
      [[100, 100.5, 99.5, 100]],
      "stop 99, left 1",
    ],
    [
      "parts leave at their targets, nearest first",
      held(PARTS),
      [
        [100, 105, 99, 104],
        [104, 110, 103, 109],
      ],
      "partial-target 0.5 at 104.98 in 0; partial-target 0.3 at 109.98 in 1; stop 90, left 0.2",
    ],
    [
      "several parts and the rest in one candle",
      held(PARTS),
      [[100, 121, 99, 119]],
      "partial-target 0.5 at 104.98 in 0; partial-target 0.3 at 109.98 in 0; take-profit 0.2 at 119.98 in 0; stop 90, left 0",
    ],
    [
      "a gap beyond a part's target fills it at the open",
      held(PARTS),
      [[107, 108, 106, 107]],
      "partial-target 0.5 at 106.98 in 0; stop 90, left 0.5",
    ],
    [
      "after a part at the open, the stop comes first inside the candle",
      held(PARTS),
      [[107, 130, 89, 100]],
      "partial-target 0.5 at 106.98 in 0; stop-loss 0.5 at 89.99 in 0; stop 90, left 0",
    ],
    [
      "the stop comes before a part that the same candle reaches",
      held(PARTS),
      [[100, 106, 90, 100]],
      "stop-loss 1 at 89.99 in 0; stop 90, left 0",
    ],
    [
      "parts that are the whole leave nothing to the target",
      held({
        targets: [
          { atFraction: 0.05, share: 0.5 },
          { atFraction: 0.1, share: 0.5 },
        ],
      }),
      [[100, 111, 99, 110]],
      "partial-target 0.5 at 104.98 in 0; take-profit 0.5 at 109.98 in 0; stop 90, left 0",
    ],
    [
      "time closes at the first open that is late enough",
      held({ timeExitMinutes: 7 }),
      [quiet, quiet, [101, 102, 100, 101]],
      "time-exit 1 at 100.98 in 2; stop 90, left 0",
    ],
    [
      "a stop that comes before the time",
      held({ timeExitMinutes: 60 }),
      [[100, 101, 90, 95]],
      "stop-loss 1 at 89.99 in 0; stop 90, left 0",
    ],
    ["time has not come", held({ timeExitMinutes: 11 }), [quiet, quiet, quiet], "stop 90, left 1"],
    [
      "a stop beyond which time finds the open keeps its own name",
      held({ timeExitMinutes: 5 }),
      [quiet, [85, 86, 84, 85]],
      "stop-loss 1 at 84.99 in 1; stop 90, left 0",
    ],
    [
      "a close that proves it wrong closes at the next open",
      held({ invalidation: [{ on: "close", operator: "<", price: "97" }] }),
      [
        [100, 100, 96, 97],
        [97, 98, 96, 96.9],
        [97.5, 99, 97, 98],
      ],
      "invalidation 1 at 97.49 in 2; stop 90, left 0",
    ],
    [
      "only closes in a row prove it wrong",
      held({ invalidation: [{ on: "close", operator: "<", price: "97", candles: 2 }] }),
      [
        [100, 100, 96, 96],
        [96, 98, 96, 97.5],
        [97, 98, 96, 96],
        [96, 97, 95, 95],
        [96, 96, 95, 95],
      ],
      "invalidation 1 at 95.99 in 4; stop 90, left 0",
    ],
    [
      "a time by which it has not come where it should",
      held({ invalidation: [{ on: "time", minutes: 10, unlessPrice: "102" }] }),
      [quiet, quiet, [101, 103, 100, 101]],
      "invalidation 1 at 100.98 in 2; stop 90, left 0",
    ],
    [
      "a time by which it has",
      held({ invalidation: [{ on: "time", minutes: 10, unlessPrice: "102" }] }),
      [quiet, [100, 103, 100, 102], quiet, quiet],
      "stop 90, left 1",
    ],
    [
      "a liquidation comes before all of them",
      held({ timeExitMinutes: 1 }, "long", { leverage: decimal(10), stopLoss: null }),
      [quiet, [90.2, 91, 90, 90.5]],
      "liquidation 1 at 90.19 in 1; stop none, left 0",
    ],
  ])("%s", (_case, position, prices, expected) => {
    expect(tell(settleAll(position, prices))).toBe(expected);
  });

  it("keeps in the plan when it moved the stop: at the close of the candle that did, and not when it stayed", () => {
    const movedAt = (terms: object, prices: readonly (readonly number[])[]) =>
      settleAll(held(terms), prices).exitPlan.stopMovedAt;
    // The second candle reaches the gain and closes beyond the stop that it moved; the third would close it.
    expect(movedAt(BREAK_EVEN, [quiet, [100, 105, 95, 96]])).toBe(2 * LENGTH_MS);
    expect(movedAt(TRAIL, [quiet, [100, 110, 101, 102], quiet])).toBe(2 * LENGTH_MS);
    expect(movedAt(BREAK_EVEN, [quiet, quiet])).toBeUndefined();
  });

  it("keeps in the plan which parts left, and numbers their exits", () => {
    const { exits, exitPlan } = settleAll(held(PARTS), [[100, 110, 99, 109]]);
    expect(exits.map(({ part }) => part)).toEqual([0, 1]);
    const told = exitPlan.filledTargets.map(({ target, quantity }) => `${quantity} at ${target}`);
    expect([exitPlan.remainingLegs, told]).toEqual([[], ["0.5 at 105", "0.3 at 110"]]);
  });
});
