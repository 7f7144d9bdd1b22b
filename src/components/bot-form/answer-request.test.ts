import { describe, expect, it } from "vitest";
import { createSyntheticCandles } from "~/trading/market/synthetic-candles";
import type { MarketRow, PreviewCandles } from "~/contracts/market-row";
import { answerPreview, answerPrompt, answerRead } from "./answer-request";

const START = 1_704_067_200_000;
const rowOf = (pair: string, id: number): MarketRow => ({
  id,
  pair,
  marketType: "swap",
  last: "30000",
  bid: "29999",
  ask: "30001",
  spreadFraction: 0.0001,
  quoteVolume24h: "500000000",
  fundingRate: null,
  seenAt: new Date(START),
  historyFrom: null,
  historyThrough: null,
  rules: {
    tick: "0.01",
    lot: "0.00001",
    contractSize: "1",
    quantityMin: "0.00001",
    notionalMin: null,
    leverageMax: null,
    takerFeeRate: "0.0005",
  },
});
const ROWS = [rowOf("BTC/USDT", 1), rowOf("ETH/USDT", 2)];
const SETTINGS = { mode: "trinity", pairs: ["BTC/USDT", "ETH/USDT"], intervalSeconds: 3600 };
const NOW = Date.parse("2026-11-28");
const KNOWN = ROWS.map((row) => ({ row, knownMs: null }));

const read = (settings: object, capital = "10000") =>
  answerRead({ kind: "read", id: 1, settings: { ...settings }, capital, markets: KNOWN, speed: 1 }, NOW);

describe("what is read of settings", () => {
  it("is their meaning in words, in money, at the worst, and what keeps them from trading", () => {
    const reading = read(SETTINGS);
    if (!reading.isValid) throw new Error("they are valid");
    expect(reading).toMatchObject({ timeframe: "1h", capital: "10000", hindrances: [] });
    expect(Number(reading.worst?.tradeAtStop)).toBeCloseTo(43.2, 0);
    expect(reading.inMoney["risk.positionMarginMax"]).toBe("2500");
    expect(reading.sections.map(({ title }) => title)).toContain("Trinity");
  });

  it("is their words alone while what the bot gets is no amount", () => {
    for (const capital of ["", "x", "0", "-1", "1e3", "NaN"]) {
      expect(read(SETTINGS, capital)).toMatchObject({ isValid: true, capital: null, worst: null, hindrances: [] });
    }
  });

  it("is what is wrong with them, by their paths", () => {
    const wrong = read({ ...SETTINGS, decision: { leverage: 99 } });
    expect(wrong).toMatchObject({ isValid: false, issues: [{ path: "decision.leverage", most: 10 }] });
  });

  it("can be sent from the worker: plain data", () => {
    const reading = read(SETTINGS);
    expect(structuredClone(reading)).toEqual(reading);
    expect(JSON.parse(JSON.stringify(reading))).toEqual(reading);
  });
});

const candlesOf = (seed: number): PreviewCandles => {
  const candles = createSyntheticCandles({
    seed,
    count: 900,
    volatility: 0.01,
    meanVolume: 1000,
    timeframe: "1h",
    startTime: START,
  });
  return {
    timeframe: "1h",
    times: candles.map(({ openTime }) => openTime / 1000),
    open: candles.map(({ open }) => open),
    high: candles.map(({ high }) => high),
    low: candles.map(({ low }) => low),
    close: candles.map(({ close }) => close),
    volume: candles.map(({ volume }) => volume),
  };
};

describe("a preview", () => {
  const preview = (
    settings: object,
    markets: readonly { row: MarketRow; candles: PreviewCandles }[],
    capital = "10000",
  ) => answerPreview({ kind: "preview", settings: { ...settings }, capital, markets }, () => undefined, NOW);

  it("trades the candles that were sent, as they were", () => {
    const markets = ROWS.map((row, index) => ({ row, candles: candlesOf(index + 1) }));
    const found = preview({ ...SETTINGS, decision: { preset: "original" } }, markets);
    if (!found.isKnown) throw new Error(found.reason);
    expect(found).toMatchObject({ timeframe: "1h", intervalSeconds: 3600, through: START + 900 * 3_600_000 });
    expect(found.entries).toBeGreaterThan(0);
    expect(structuredClone(found)).toEqual(found);
  });

  it("is unknown without candles, and without settings or capital that are complete", () => {
    const none = { timeframe: null, times: [], open: [], high: [], low: [], close: [], volume: [] };
    const markets = ROWS.map((row) => ({ row, candles: none }));
    expect(preview(SETTINGS, markets)).toMatchObject({ isKnown: false });
    expect(preview({}, markets)).toMatchObject({ isKnown: false });
    expect(preview(SETTINGS, markets, "")).toMatchObject({ isKnown: false });
  });
});

describe("a bot that asks a model", () => {
  const asking = { ...SETTINGS, mode: "llm", decision: { model: "anthropic/claude-haiku-5-5", budgetPerDay: "0.2" } };
  const markets = ROWS.map((row, index) => ({ row, series: [candlesOf(index + 1), candlesOf(index + 1)] }));

  it("has what its model costs at its market's speed among what its settings mean", () => {
    const readAt = (speed: number) =>
      answerRead({ kind: "read", id: 1, settings: { ...asking }, capital: "10000", markets: KNOWN, speed }, NOW);
    const [real, fast] = [readAt(1), readAt(720)];
    if (!real.isValid || !fast.isValid) throw new Error("they are valid");
    expect(real.timeframes).toEqual(["1h", "4h"]);
    expect(real.model).toMatchObject({ isKnown: true, callsPerDay: 24, monthMost: "6", budgetPerDay: "0.2" });
    expect(fast.model).toMatchObject({ isKnown: true, callsPerDay: 17_280, month: "6" });
    expect(real.inMoney["decision.sizeFraction"]).toBe("1000");
    expect(structuredClone(real)).toEqual(real);
    expect(read(SETTINGS)).toMatchObject({ model: null });
  });

  it("is read also while its budget is being typed: that field alone is at fault", () => {
    for (const budgetPerDay of ["", "2.", "much"]) {
      const typed = { ...asking, decision: { ...asking.decision, budgetPerDay } };
      expect(read(typed)).toMatchObject({ isValid: false, issues: [{ path: "decision.budgetPerDay" }] });
    }
  });

  it("is not traded over the candles at hand: what it would need recorded to be is said", () => {
    const known = ROWS.map((row, index) => ({ row, candles: candlesOf(index + 1) }));
    const request = { kind: "preview", settings: asking, capital: "10000", markets: known } as const;
    expect(answerPreview(request, () => undefined, NOW)).toMatchObject({
      isKnown: false,
      reason: expect.stringMatching(/37\.5 days .* up to 900 of them, which usually cost \$\d/),
    });
  });

  it("has the prompt that would be sent, part by part, with whose words each is", () => {
    const shown = answerPrompt({ kind: "prompt", settings: asking, capital: "10000", markets }, NOW);
    if (!shown.isKnown) throw new Error(shown.reason);
    expect(shown.parts.map(({ whose }) => whose)).toEqual(["ours", "trader", "data", "ours"]);
    expect(shown.parts[2]?.text).toContain("ETH/USDT.1h.close");
    expect(Number(shown.most)).toBeGreaterThan(0);
    expect(structuredClone(shown)).toEqual(shown);
  });

  it("has no prompt while its settings or money are not complete, or no candle is known", () => {
    const none = { timeframe: null, times: [], open: [], high: [], low: [], close: [], volume: [] };
    const empty = ROWS.map((row) => ({ row, series: [none, none] }));
    for (const given of [{ settings: {} }, { capital: "" }, { markets: empty }]) {
      const asked = { kind: "prompt", settings: asking, capital: "10000", markets, ...given } as const;
      expect(answerPrompt(asked, NOW)).toMatchObject({ isKnown: false });
    }
  });
});
