import { describe, expect, it } from "vitest";
import { decimal, ZERO } from "../money";
import { quantityWithinShare } from "./fill-within-share";
import { NEWEST_MATCHING } from "./matching";
import { matchExits, newState } from "./match-order";
import { candlesOf, lifeOf, MINUTE, orderOf, TERMS, type Bar, type Part } from "./testing/order-life";

const CALM: Bar = [100, 100.1, 99.9, 100];

describe("an order in candles, by matching version 2,", () => {
  it.each<[string, Part, Bar[], string[], string | null]>([
    ["at market fills at the open", {}, [CALM], ["1 @ 100"], "filled"],
    ["limit is not filled by a touch", { type: "limit", limit: 99 }, [[100, 100, 99, 99.5]], [], null],
    [
      "limit fills at its price once traded through",
      { type: "limit", limit: 99 },
      [CALM, [100, 100, 98, 99]],
      ["1 @ 99"],
      "filled",
    ],
    ["limit that the open is better than takes the open", { type: "limit", limit: 101 }, [CALM], ["1 @ 100"], "filled"],
    [
      "limit of a sell mirrors",
      { side: "sell", type: "limit", limit: 101 },
      [[100, 102, 100, 101]],
      ["1 @ 101"],
      "filled",
    ],
    ["limit expires after its candles", { type: "limit", limit: 90 }, [CALM, CALM, CALM], [], "expired"],
    [
      "stop waits for its trigger as long as it takes",
      { side: "sell", type: "stop", trigger: 95 },
      [CALM, CALM, CALM, CALM],
      [],
      null,
    ],
    [
      "stop fills at its trigger",
      { side: "sell", type: "stop", trigger: 95 },
      [[100, 100, 94, 96]],
      ["1 @ 95"],
      "filled",
    ],
    [
      "stop that a gap jumps fills at the open",
      { side: "sell", type: "stop", trigger: 95 },
      [CALM, [90, 91, 89, 90]],
      ["1 @ 90"],
      "filled",
    ],
    ["stop of a short is a buy above", { type: "stop", trigger: 105 }, [[100, 106, 100, 104]], ["1 @ 105"], "filled"],
    [
      "take-profit fills at its trigger",
      { side: "sell", type: "take-profit", trigger: 105 },
      [[100, 106, 100, 104]],
      ["1 @ 105"],
      "filled",
    ],
    [
      "take-profit of a short is a buy below",
      { type: "take-profit", trigger: 95 },
      [[100, 100, 94, 96]],
      ["1 @ 95"],
      "filled",
    ],
    [
      "stop-limit works from the candle after its trigger",
      { side: "sell", type: "stop", trigger: 95, limit: 94 },
      [
        [100, 100, 90, 96],
        [96, 97, 95, 96],
      ],
      ["1 @ 96"],
      "filled",
    ],
    [
      "stop-limit that price leaves behind is not filled",
      { side: "sell", type: "stop", trigger: 95, limit: 94 },
      [
        [100, 100, 90, 90],
        [90, 91, 89, 90],
        [90, 91, 89, 90],
      ],
      [],
      "expired",
    ],
    [
      "sent inside a candle acts from the next open",
      { sentAt: 1 },
      [CALM, [101, 102, 100, 101]],
      ["1 @ 101"],
      "filled",
    ],
    ["that only reduces ends where nothing is held", { side: "sell", isReduceOnly: true }, [CALM], [], "canceled"],
  ])("%s", (_, part, bars, told, end) => {
    const held = part.isReduceOnly === true ? ZERO : decimal(1);
    const life = lifeOf(orderOf(part), bars, { held });
    expect([life.told, life.end]).toEqual([told, end]);
  });

  it("acts so many candles later as its latency takes", () => {
    const terms = { ...TERMS, latencyMs: 2 * MINUTE };
    expect(lifeOf(orderOf({}), [CALM, CALM, [103, 104, 102, 103]], { terms }).told).toEqual(["1 @ 103"]);
  });

  it("is not triggered by a wick where the mark decides", () => {
    const terms = { ...TERMS, matching: { ...TERMS.matching, triggerBy: "mark" as const } };
    const stop = orderOf({ side: "sell", type: "stop", trigger: 95 });
    expect(
      lifeOf(
        stop,
        [
          [100, 100, 90, 99],
          [99, 99, 94, 94],
        ],
        { terms },
      ).told,
    ).toEqual(["1 @ 95"]);
  });

  it("pays the maker's fee for what rested and the taker's for what took", () => {
    const [rested] = lifeOf(orderOf({ type: "limit", limit: 99 }), [CALM, [100, 100, 98, 99]]).fills;
    const [took] = lifeOf(orderOf({}), [CALM]).fills;
    expect([rested?.fee.toFixed(), took?.fee.toDecimalPlaces(4).toFixed()]).toEqual(["0.0198", "0.05"]);
  });

  it("is filled in parts over candles that give less, and what is left expires", () => {
    const thin: Bar = [100, 100.1, 99.9, 100, 4];
    const { told, end } = lifeOf(orderOf({ quantity: 1 }), [thin, thin, thin]);
    expect([told, end]).toEqual([["0.4 @ 100", "0.4 @ 100", "0.2 @ 100"], "filled"]);
    expect(lifeOf(orderOf({ quantity: 2 }), [thin, thin, thin, thin])).toMatchObject({ end: "expired" });
  });

  it("gets less of a crash than of a calm candle, and pays more", () => {
    const matching = NEWEST_MATCHING;
    const [calm, crash] = [0.001, 0.05].map((candleRange) => {
      const order = { ...TERMS, side: "sell" as const, matching, candleRange, candleValue: decimal(10_000) };
      return quantityWithinShare({ ...order, quantity: decimal(1), referencePrice: decimal(100) })?.toFixed();
    });
    expect([calm, crash]).toEqual(["10", "0.4"]);
    const costs = (
      [
        [100, 100.1, 99.9, 100, 1000],
        [100, 100, 95, 95, 1000],
      ] satisfies Bar[]
    ).map(
      (bar) =>
        lifeOf(orderOf({ side: "sell", quantity: 0.4 }), [bar], { terms: { ...TERMS, matching } }).fills[0]?.slippage,
    );
    expect(costs[1]?.gt(costs[0] ?? 0)).toBe(true);
  });

  it("that stops comes before one that takes profit, and takes what that would have", () => {
    const order = { side: "sell", isReduceOnly: true } as const;
    const target = orderOf({ ...order, id: "target", type: "take-profit", trigger: 105 });
    const stop = orderOf({ ...order, id: "stop", type: "stop", trigger: 95 });
    const candle = candlesOf([[100, 110, 90, 100]])[0];
    if (!candle) throw new Error("no candle");
    const orders = [target, stop].map((each) => ({ order: each, state: newState(each) }));
    const { matched, held } = matchExits(orders, { candle, held: decimal(1), terms: TERMS });
    expect(matched.map((match) => [match.order.id, match.state.end])).toEqual([
      ["stop", "filled"],
      ["target", "canceled"],
    ]);
    expect(held.isZero()).toBe(true);
  });
});
