import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Decision } from "../decision/basis/decision";
import type { Candle } from "../market/candle";
import { decimal } from "../money";
import type { AssessedDecision } from "../risk/assess-decisions";
import { ACCEPTED, decideAccepted, type Accepted } from "./decide-accepted";
import { describeApproval, warnOfApproval } from "./describe-approval";
import { joinAccepted } from "./join-accepted";
import { leftBandAt, leftBandIn } from "./price-band";
import { proposeEntries } from "./propose-entries";

const LENGTH_MS = 300_000;
const BAND = { low: decimal(99), high: decimal(101) };
const candle = (index: number, low: number, high: number): Candle => ({
  openTime: index * LENGTH_MS,
  open: low,
  high,
  low,
  close: high,
  volume: 1,
});

const ENTRY: Decision = {
  pair: "BTC/USDT",
  action: "open",
  side: "long",
  decidedCandle: 0,
  score: 0.9,
  sizeFraction: 0.06,
  leverage: 1,
  entryPrice: "100",
  stopLoss: "98",
  takeProfit: "106",
  invalidation: [],
  evidence: [],
  reason: { code: "entry", text: "score 0.90" },
};
const accepted = (changes: Partial<Accepted> = {}): Accepted => ({
  proposed: ENTRY,
  referencePrice: decimal(100),
  band: BAND,
  price: decimal("100.5"),
  candles: [],
  timeframe: "5m",
  time: 10 * LENGTH_MS,
  ...changes,
});

describe("the band of a proposal", () => {
  it.each([
    [99, 101, null],
    [98.99, 100, "98.99"],
    [100, 101.01, "101.01"],
  ])("is left by a candle of %d to %d: %s", (low, high, by) => {
    const why = leftBandIn(BAND, [candle(0, 100, 100), candle(1, low, high)], "5m");
    expect(why).toBe(by && `the price left the band of 99 to 101: it was ${by} by 1970-01-01 00:10 UTC`);
  });

  it("is left at the same candle however the candles are looked at in parts", () => {
    const prices = fc.array(fc.double({ min: 98.5, max: 101.5, noNaN: true }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(prices, fc.nat(20), (series, cut) => {
        const candles = series.map((price, index) => candle(index, price, price));
        const inParts = leftBandIn(BAND, candles.slice(0, cut), "5m") ?? leftBandIn(BAND, candles.slice(cut), "5m");
        expect(inParts).toBe(leftBandIn(BAND, candles, "5m"));
      }),
    );
  });

  it("is left by a price, and an edge is in it", () => {
    expect([99, 101, 98.9, 101.1].map((price) => leftBandAt(BAND, decimal(price), 0) === null)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

describe("an accepted proposal", () => {
  it("keeps its stop and target as far from the present price as they were, and nothing else changes", () => {
    const decision = decideAccepted(accepted());
    expect(decision).toEqual({
      ...ENTRY,
      entryPrice: "100.5",
      stopLoss: "98.49",
      takeProfit: "106.53",
      reason: { code: ACCEPTED, text: "accepted by you: score 0.90" },
    });
  });

  it.each<[string, Partial<Accepted>]>([
    ["shows no price", { price: null }],
    ["left the band", { price: decimal(102) }],
    ["left the band", { candles: [candle(9, 98, 100)] }],
  ])("is held where its market %s", (text, changes) => {
    const decision = decideAccepted(accepted(changes));
    expect(decision).toMatchObject({ action: "hold", side: null, stopLoss: null, takeProfit: null });
    expect(decision.reason.text).toContain(text);
  });
});

describe("what a mode wants beside an accepted entry", () => {
  const trailBy = { close: 101, atr14: 1, supertrend: null };
  const hold: Decision = { ...ENTRY, action: "hold", side: null };
  const agreed = { marketId: 2, decision: ENTRY };
  const other = { marketId: 1, decision: { ...hold, trailBy } };

  it("comes after it, and its own wish about that market gives way", () => {
    expect(joinAccepted([other, { marketId: 2, decision: ENTRY }], agreed)).toEqual([agreed, other]);
    expect(joinAccepted([other], agreed)).toEqual([agreed, other]);
  });

  it.each(["hold", "open"] as const)("moves the stop of what is held there all the same, by its %s", (action) => {
    const own = { marketId: 2, decision: { ...ENTRY, action, trailBy } };
    expect(joinAccepted([own], agreed)).toEqual([{ ...agreed, decision: { ...ENTRY, trailBy } }]);
  });

  it("closes what is held there in place of it", () => {
    const close = { marketId: 2, decision: { ...ENTRY, action: "close" as const } };
    expect(joinAccepted([other, close], agreed)).toEqual([other, close]);
  });
});

describe("the entries of a bot", () => {
  const APPROVAL = { minutes: 10, bandFraction: 0.01 };
  const verdict = {
    outcome: "approved",
    rule: null,
    reason: "within every limit",
    checks: [],
    size: null,
    user: null,
  } as const;
  const order = {
    purpose: "entry",
    quantity: decimal(2),
    legs: [],
    referencePrice: decimal(100),
    stopLoss: decimal(98),
    takeProfit: decimal(106),
    position: null,
    exits: null,
  } as const;
  const entry: AssessedDecision = { marketId: 1, decision: ENTRY, verdict, order };
  const exit: AssessedDecision = {
    marketId: 2,
    decision: { ...ENTRY, action: "close" },
    verdict,
    order: { ...order, purpose: "exit" },
  };

  it("are left as they are where it asks nobody", () => {
    expect(proposeEntries([entry, exit], undefined)).toEqual({ assessed: [entry, exit], proposals: [] });
  });

  it("become proposals where it asks, with what they risk; closes stay orders", () => {
    const { assessed, proposals } = proposeEntries([exit, entry], APPROVAL);
    expect(assessed[0]).toBe(exit);
    expect(assessed[1]).toMatchObject({ order: null, verdict: { reason: "within every limit; proposed to you" } });
    const [proposal] = proposals;
    expect(
      proposal && Object.fromEntries(Object.entries(proposal).map(([name, value]) => [name, String(value)])),
    ).toEqual({
      marketId: "1",
      side: "long",
      referencePrice: "100",
      stopLoss: "98",
      takeProfit: "106",
      quantity: "2",
      notional: "200",
      risk: "4",
      bandLow: "99",
      bandHigh: "101",
    });
  });

  it.each([
    ["long", "98", ["99", "98.5"], ["4.5", "446.75", "5.75"]],
    ["short", "102", ["101", "101.5"], ["4.5", "453.25", "5.75"]],
  ] as const)(
    "are proposed %s with all their legs, each worth and at risk by its own price",
    (side, stop, prices, said) => {
      const [first, second] = prices.map((price) => ({ price, fee: "0" }));
      const legs = [
        { quantity: "1", ...first },
        { quantity: "1.5", ...second },
      ] as NonNullable<AssessedDecision["order"]>["legs"];
      const legged = { ...order, stopLoss: decimal(stop), legs };
      const { proposals } = proposeEntries([{ ...entry, decision: { ...ENTRY, side }, order: legged }], APPROVAL);
      const told = proposals.map(({ quantity, notional, risk }) => [quantity, notional, risk].map(String));
      expect(told).toEqual([said]);
    },
  );

  it("stay orders once they were accepted, and refused ones stay refused", () => {
    const agreed = { ...entry, decision: { ...ENTRY, reason: { code: ACCEPTED, text: "yes" } } };
    const refused: AssessedDecision = { ...entry, order: null };
    expect(proposeEntries([agreed, refused], APPROVAL)).toEqual({ assessed: [agreed, refused], proposals: [] });
  });
});

it("says in the settings that entries wait, and in a backtest that they did not", () => {
  expect(describeApproval(undefined)).toEqual([]);
  expect(describeApproval({ minutes: 1, bandFraction: 0.005 })[0]?.text).toBe(
    "Proposes each entry and waits 1 minute for you to accept it, while the price stays within 0.5 %; closes never wait",
  );
  expect([warnOfApproval(undefined), warnOfApproval({ minutes: 1, bandFraction: 0.1 }) !== null]).toEqual([null, true]);
});
