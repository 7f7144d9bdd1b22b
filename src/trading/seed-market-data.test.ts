import { describe, expect, it } from "vitest";
import { botSettingsSchema } from "./bot-settings";
import { viewMarket, type ShownPrices } from "./cycle/view-market";
import { viewPortfolio } from "./cycle/view-portfolio";
import { decide } from "./decision/decide";
import { MODE_NAMES } from "./decision/modes/registry";
import { aggregateCandles } from "./market/aggregate-candles";
import type { Candle } from "./market/candle";
import { toMarketSnapshot } from "./market/market-snapshot";
import { parseDecimalText, parseNumber } from "./market/parse-number";
import { createSyntheticCandles } from "./market/synthetic-candles";
import { timeframeMs } from "./market/timeframe";
import { decimal, toPlain } from "./money";
import { measurePerformance } from "./performance/measure-performance";
import { assessDecisions } from "./risk/assess-decisions";
import { riskLimitsSchema } from "./risk/risk-limits";
import {
  buildDecision,
  buildHistory,
  buildMarket,
  buildPortfolio,
  inItsMarket,
  NEUTRAL,
  SLOT,
} from "./risk/testing/risk-context-builder";

// What the first 0xBot was tested for in its reading of market data. It answered 0 where it knew nothing; here unknown
// stays unknown, and the gate and the evidence say so. That a failed request leaves a snapshot so is tested in
// record-snapshots.db.test.ts, and what OKX's answers may lack in create-okx-market-data.faults.test.ts.

const { rules } = buildMarket();
const NOTHING: Record<keyof ShownPrices | "last" | "openInterest", unknown> = {
  referencePrice: "1000",
  last: "1000",
  bid: null,
  ask: null,
  quoteVolume24h: null,
  fundingRate: null,
  openInterest: null,
};
const candle: Candle = { openTime: SLOT - 300_000, open: 1000, high: 1001, low: 999, close: 1000, volume: 400 };
const see = (shown: ShownPrices | null, last: Candle | undefined = candle) =>
  viewMarket({ marketId: 1, rules, shown, last, timeframe: "5m" }, SLOT);

/** What the gate says of a long at the standard limits in this market. */
const judge = (market: ReturnType<typeof see>) =>
  assessDecisions({
    ...NEUTRAL,
    time: SLOT,
    intervalSeconds: 300,
    isLive: false,
    tradingState: "active",
    isControl: false,
    limits: riskLimitsSchema.parse({}),
    decisions: [inItsMarket(buildDecision())],
    portfolio: buildPortfolio(),
    marketOf: () => market,
    historyOf: () => buildHistory(),
    correlationsOf: () => [],
  })[0]?.verdict;

describe("safe decimals", () => {
  it.each<[unknown, string | null]>([
    ["0.5234", "0.5234"],
    [0.1, "0.1"],
    ["1e-8", "0.00000001"],
    [0, "0"],
    [null, null],
    [undefined, null],
    ["", null],
    ["None", null],
    ["0.6-0.7", null],
    [Number.NaN, null],
    [Number.POSITIVE_INFINITY, null],
    [{ price: 1 }, null],
  ])("%j is %s: what is no number is unknown, not the 0 that it was", (raw, text) => {
    expect(parseDecimalText(raw)).toBe(text);
    expect(parseNumber(raw)).toBe(text === null ? null : Number(text));
  });

  it("keep every digit of a low price and of a sum", () => {
    expect(toPlain(decimal("0.1").plus("0.2"))).toBe("0.3");
    expect(toMarketSnapshot("XRP/USDT", SLOT, { ...NOTHING, last: "0.00001234" }).last).toBe("0.00001234");
  });
});

describe("a ticker", () => {
  it.each([
    ["bid", { ask: "1000.2" }],
    ["ask", { bid: "999.8" }],
    ["bid and ask", {}],
  ])("without %s has a price and no spread, also none of zero", (_, quotes) => {
    const view = see(toMarketSnapshot("BTC/USDT", SLOT, { ...NOTHING, ...quotes }));
    expect(view.referencePrice?.toFixed()).toBe("1000");
    expect(view.spreadFraction).toBeNull();
    const spread = judge(view)?.checks.find(({ rule }) => rule === "spread");
    expect(spread).toMatchObject({ outcome: "unknown", measured: null });
  });

  it("with both has the spread by hand", () => {
    const shown = toMarketSnapshot("BTC/USDT", SLOT, { ...NOTHING, bid: "999.8", ask: "1000.2" });
    expect(see(shown).spreadFraction?.toFixed()).toBe("0.0004");
  });

  it("that did not come at all gives no price, and nothing is entered", () => {
    const view = see(null);
    expect(view.referencePrice).toBeNull();
    expect(judge(view)).toMatchObject({ outcome: "rejected" });
  });
});

describe("funding and open interest that fail", () => {
  const shown = toMarketSnapshot("BTC/USDT", SLOT, { ...NOTHING, bid: "999.9", ask: "1000.1" });

  it("are unknown in the snapshot, not 0, and a rate of 0 is known", () => {
    expect([shown.fundingRate, shown.openInterest]).toEqual([null, null]);
    const zero = toMarketSnapshot("BTC/USDT", SLOT, { ...NOTHING, fundingRate: "0", openInterest: 0 });
    expect([zero.fundingRate, zero.openInterest]).toEqual(["0", "0"]);
  });

  it("stop nothing: the gate judges the entry without them and calls the funding unknown", () => {
    const verdict = judge(see({ ...shown, quoteVolume24h: "50000000" }));
    expect(verdict?.outcome).toBe("approved");
    const unknown = verdict?.checks.filter(({ outcome }) => outcome === "unknown").map(({ rule }) => rule);
    expect(unknown).toEqual(["funding"]);
  });
});

describe("empty lists", () => {
  const noCandles = { time: SLOT, series: [[], []], position: null, wasHeld: false, pair: "BTC/USDT" };

  it.each(MODE_NAMES)("of candles make %s hold, with a reason", (mode) => {
    const settings = botSettingsSchema.parse({ mode, pairs: ["BTC/USDT"] });
    const decision = decide({ ...noCandles, settings });
    expect(decision).toMatchObject({ action: "hold", side: null, decidedCandle: null });
    expect(decision.reason.text).not.toBe("");
  });

  it("of candles at the slot leave mark, value and age unknown, and nothing is entered on them", () => {
    const shown = toMarketSnapshot("BTC/USDT", SLOT, NOTHING);
    const view = viewMarket({ marketId: 1, rules, shown, last: undefined, timeframe: "5m" }, SLOT);
    expect([view.mark, view.candleValue, view.dataAgeMs]).toEqual([null, null, null]);
    expect(judge(view)).toMatchObject({ outcome: "rejected", rule: "stale-data" });
  });

  it("of positions make an equity of cash alone, and of decisions no verdict", () => {
    const capital = decimal(10_000);
    const balances = { cash: capital, margin: decimal(0) };
    const view = viewPortfolio({ initialCapital: capital, balances, positions: [], memory: null }, SLOT);
    expect([view.equity, view.grossNotional].map(String)).toEqual(["10000", "0"]);
    expect(aggregateCandles([], { from: "5m", to: "1h" })).toEqual([]);
  });

  it("of trades leave every ratio unknown, never 0", () => {
    const { all, exposure, edge } = measurePerformance({
      initialCapital: decimal(10_000),
      equity: [],
      trades: [],
      openSince: [],
    });
    expect([all.winRate.value, all.profitFactor.value, all.expectancyR.value, exposure.value]).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(edge.verdict).toBe("unknown");
  });
});

describe("the long timeframe that fails", () => {
  const hours = createSyntheticCandles({ seed: 3, count: 420, volatility: 0.01 });
  const time = (hours.at(-1)?.openTime ?? 0) + timeframeMs("1h");
  const settings = botSettingsSchema.parse({ pairs: ["BTC/USDT"] });
  const decideBy = (long: readonly Candle[]) =>
    decide({ pair: "BTC/USDT", time, settings, series: [hours, long], position: null, wasHeld: false });
  const confirms = (long: readonly Candle[]) =>
    decideBy(long).evidence.filter(({ condition }) => condition.startsWith("confirm-"));

  it("is unknown, adds nothing and is not replaced by the short one: the score is that of the rest", () => {
    const without = decideBy([]);
    expect(without.decidedCandle).toBe(hours.at(-1)?.openTime);
    expect(confirms([])).toHaveLength(4);
    for (const line of confirms([])) expect(line).toMatchObject({ met: null, value: null, contribution: 0 });
    const rest = without.evidence.reduce(
      (sum, { side, contribution }) => sum + (side === "long" ? contribution : 0),
      0,
    );
    expect(without.scores?.long).toBeCloseTo(rest, 10);
    const known = confirms(aggregateCandles(hours, { from: "1h", to: "4h" }));
    expect(known.map(({ met }) => typeof met)).toEqual(["boolean", "boolean", "boolean", "boolean"]);
    expect(() => decideBy(hours)).toThrow(/^4h candles must ascend/);
  });
});
