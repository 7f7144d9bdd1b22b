import { describe, expect, it } from "vitest";
import type { Candle } from "../market/candle";
import { timeframeMs } from "../market/timeframe";
import { decimal } from "../money";
import { withLegs } from "../portfolio/exit-plan";
import type { PlannedPosition } from "../portfolio/position";
import type { PositionSide } from "../portfolio/position-side";
import { NEWEST_MATCHING } from "../execution/matching";
import { quietBounds } from "./quiet-bounds";
import { settledEvents } from "./settled-events";
import { settlePosition } from "./settle-position";
import { held } from "./testing/held-position";

const LENGTH_MS = timeframeMs("5m");
const TERMS = { takerFeeRate: decimal("0.001"), timeframe: "5m", lot: decimal("0.1"), tick: decimal("0.01") } as const;

type Prices = readonly [open: number, high: number, low: number, close: number];
/** So much volume that an order moves no price: what is left is half the spread, 0.01 % of a level. */
const candle = ([open, high, low, close]: Prices, index: number): Candle => ({
  openTime: index * LENGTH_MS,
  open,
  high,
  low,
  close,
  volume: 1e15,
});

/** One at 100 with stop 90 and target 120, and one each at 98 and 95; of a short 110, 80, 102 and 105. */
const planned = (terms: unknown = {}, side: PositionSide = "long", part: Partial<PlannedPosition> = {}) => {
  const position = held(terms, side, part);
  const legs = side === "long" ? ["98", "95"] : ["102", "105"];
  const entryLegs = legs.map((price) => ({ price, quantity: "1", fee: "0.1" }));
  return { ...position, exitPlan: withLegs(position.exitPlan, entryLegs) };
};

const settle = (position: PlannedPosition, prices: readonly Prices[]) =>
  settlePosition(position, prices.map(candle), { ...TERMS, time: 1000 * LENGTH_MS });

/** What was entered and left and at which candle, then what is held at which average, and the legs still to come. */
const tell = ({ entries, exits, quantity, entryPrice, exitPlan }: ReturnType<typeof settle>): string =>
  [
    ...entries.map(({ fill, filledAt }) => {
      return `${fill.side} ${fill.quantity.toFixed()} at ${fill.price.toFixed()} in ${filledAt / LENGTH_MS}`;
    }),
    ...exits.map(({ kind, fill, filledAt }) => {
      return `${kind} ${fill.quantity.toFixed()} at ${fill.price.toFixed()} in ${filledAt / LENGTH_MS}`;
    }),
    `${quantity.toFixed()} at ${entryPrice.toDecimalPlaces(3).toFixed()}`,
    `${exitPlan.entryLegs.length} to come`,
  ].join("; ");

const PARTS = { targets: [{ atFraction: 0.05, share: 0.5 }] };
const BREAK_EVEN = { breakEven: { fromFraction: 0.05, lockFraction: 0 } };

describe("the legs of an entry", () => {
  it.each<[string, PlannedPosition, Prices[], string]>([
    ["wait for their level", planned(), [[100, 101, 98.01, 99]], "1 at 100; 2 to come"],
    ["are entered at their level", planned(), [[100, 101, 98, 99]], "buy 1 at 98.01 in 0; 2 at 99.005; 1 to come"],
    [
      "are entered one after the other, and the price of the position is the average",
      planned(),
      [
        [100, 101, 97, 99],
        [99, 99, 94, 96],
      ],
      "buy 1 at 98.01 in 0; buy 1 at 95.01 in 1; 3 at 97.673; 0 to come",
    ],
    [
      "of a short are sold above it",
      planned({}, "short"),
      [[100, 103, 99, 101]],
      "sell 1 at 101.98 in 0; 2 at 100.99; 1 to come",
    ],
    [
      "that the open is beyond are entered at the open",
      planned(),
      [[94, 96, 93, 95]],
      "buy 1 at 94.01 in 0; buy 1 at 94.01 in 0; 3 at 96.007; 0 to come",
    ],
    [
      "are all entered before the stop that the same candle reaches: the whole is lost",
      planned(),
      [[100, 101, 89, 91]],
      "buy 1 at 98.01 in 0; buy 1 at 95.01 in 0; stop-loss 3 at 89.99 in 0; 0 at 97.673; 0 to come",
    ],
    [
      "are never entered where the open is beyond the stop",
      planned(),
      [[89, 91, 88, 90]],
      "stop-loss 1 at 88.99 in 0; 0 at 100; 0 to come",
    ],
    [
      "come after a target in one candle, and so never",
      planned(),
      [[100, 121, 97, 119]],
      "take-profit 1 at 119.98 in 0; 0 at 100; 0 to come",
    ],
    [
      "are not entered once a part has left",
      planned(PARTS),
      [
        [100, 106, 99, 104],
        [104, 104, 94, 95],
      ],
      "partial-target 0.5 at 104.98 in 0; 0.5 at 100; 0 to come",
    ],
    [
      "beyond a stop that has moved up are never entered",
      planned(BREAK_EVEN),
      [
        [100, 106, 99, 104],
        [104, 104, 97, 98],
      ],
      "break-even 1 at 99.98 in 1; 0 at 100; 0 to come",
    ],
    [
      "are dropped with what was kept back for them, once a stop that moved up comes before them",
      planned(BREAK_EVEN),
      [[100, 106, 99, 104]],
      "1 at 100; 0 to come",
    ],
    [
      "before a stop that moved up are still entered",
      planned({ breakEven: { fromFraction: 0.05, lockFraction: 0 } }, "long", { entryPrice: decimal(96) }),
      [[100, 102, 99, 101]],
      "1 at 96; 1 to come",
    ],
    [
      "lower the gain that break-even waits for to one after them: a better price before does not count",
      planned({ breakEven: { fromFraction: 0.02, lockFraction: 0 } }),
      [
        [100, 101.9, 99, 100],
        [100, 100, 98, 98.2],
        [98.2, 98.5, 98.1, 98.4],
      ],
      "buy 1 at 98.01 in 1; 2 at 99.005; 1 to come",
    ],
    [
      "of a candle that reached that gain too may have come after it",
      planned({ breakEven: { fromFraction: 0.02, lockFraction: 0 } }),
      [
        [100, 101.9, 98, 98.2],
        [98.2, 98.5, 98.1, 98.4],
      ],
      "buy 1 at 98.01 in 0; 2 at 99.005; 1 to come",
    ],
    [
      "are dropped at the average's break-even, once its gain has come after them",
      planned({ breakEven: { fromFraction: 0.02, lockFraction: 0 } }),
      [
        [100, 101, 98, 98.2],
        [98.2, 101, 98.1, 100.5],
        [100.5, 100.6, 98.9, 99],
      ],
      "buy 1 at 98.01 in 0; break-even 2 at 98.99 in 2; 0 at 99.005; 0 to come",
    ],
    [
      "enlarge the parts that leave at targets of their own",
      planned(PARTS),
      [
        [100, 101, 98, 99],
        [99, 106, 99, 104],
      ],
      "buy 1 at 98.01 in 0; partial-target 1 at 104.98 in 1; 1 at 99.005; 0 to come",
    ],
  ])("%s", (_, position, prices, expected) => {
    expect(tell(settle(position, prices))).toBe(expected);
  });

  it("are booked after the payments of their candle, which are for what was held before, and before its exits", () => {
    const settled = settlePosition(
      { ...planned(), openedAt: -1, matching: { ...NEWEST_MATCHING, fundingRatePer8h: 0.001 } },
      [candle([100, 101, 89, 91], 0)],
      { ...TERMS, time: LENGTH_MS },
    );
    expect(settledEvents(settled).map(({ type }) => type)).toEqual(["funding", "entry", "entry", "exit"]);
    expect(settled.funding.map(({ amount }) => amount.toFixed())).toEqual(["-0.1"]);
  });

  it("move the liquidation away with the average: what the first entry alone would not survive", () => {
    // Alone, ten times levered from 100, it is liquidated at 90.4; with a leg at 95 from 97.5 at 88.1.
    const alone = held({}, "long", { leverage: decimal(10), margin: decimal(10), stopLoss: null });
    const leg = { price: "95", quantity: "1", fee: "0.1" };
    const both = { ...alone, exitPlan: withLegs(alone.exitPlan, [leg]) };
    const fall: Prices[] = [[100, 100, 90, 91]];
    expect(tell(settle(alone, fall))).toContain("liquidation");
    expect(tell(settle(both, fall))).toBe("buy 1 at 95.01 in 0; 2 at 97.505; 0 to come");
  });

  it.each<[string, volume: number, expected: string, entered: string[], dropped: string[]]>([
    ["whole", 150, "buy 1 at 98.07 in 0; 2 at 99.035; 1 to come", ["1 for 0.1"], []],
    [
      "in part, and the rest never",
      75,
      "buy 0.5 at 98.07 in 0; 1.5 at 99.357; 1 to come",
      ["0.5 for 0.05"],
      ["0.5 for 0.05"],
    ],
    ["not at all", 10, "1 at 100; 1 to come", [], ["1 for 0.1"]],
  ])("are entered as far as their candle gives, like a first order: %s", (_, volume, expected, entered, dropped) => {
    // A tenth of what was traded, a 15th of it because the candle ranged 15 times as wide as a calm one.
    const thin = { ...candle([100, 101, 98, 99], 0), volume };
    const settleThin = (position: PlannedPosition) => settlePosition(position, [thin], { ...TERMS, time: LENGTH_MS });
    const settled = settleThin({ ...planned(), matching: NEWEST_MATCHING });
    expect(tell(settled)).toBe(expected);
    const { enteredLegs, droppedLegs } = settled.exitPlan;
    const told = [enteredLegs, droppedLegs].map((legs) => legs.map(({ quantity, fee }) => `${quantity} for ${fee}`));
    expect(told).toEqual([entered, dropped]);
    expect(settleThin(planned()).entries[0]?.fill.quantity.toFixed(), "whole by version 1").toBe("1");
  });

  it("that their candle does not give come after one another all the same", () => {
    const thin = { ...candle([100, 101, 94, 95], 0), volume: 1 };
    const position = { ...planned(), matching: NEWEST_MATCHING };
    expect(tell(settlePosition(position, [thin], { ...TERMS, time: LENGTH_MS }))).toBe("1 at 100; 0 to come");
  });

  it("pay the taker fee at the price they are entered at", () => {
    const [entry] = settle(planned(), [[100, 101, 98, 99]]).entries;
    expect(entry?.fill.fee.toFixed()).toBe("0.09801");
    expect(entry?.fill.slippage.toFixed()).toBe("0.01");
    expect([entry?.leg, entry?.knownAt]).toEqual([0, LENGTH_MS]);
  });

  it("are never inside the range of candles that change nothing", () => {
    const [long, short] = [quietBounds(planned()), quietBounds(planned({}, "short"))];
    expect([long.low, short.high].map((level) => Math.round(level * 1e6) / 1e6)).toEqual([98, 102]);
  });
});
