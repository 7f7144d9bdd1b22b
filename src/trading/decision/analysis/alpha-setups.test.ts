import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findAlphaSetups, type AlphaReadings, type AlphaSetup } from "./alpha-setups";
import type { NarrativeReading } from "./classify-narrative";

const QUIET: AlphaReadings = {
  close: 100,
  ema20: 100,
  ema50: 100,
  rsi14: 50,
  rangePosition: 0.5,
  high4h: 102,
  low4h: 98,
  change24h: 0,
  fundingRate: 0,
  narrative: "none",
};
const UNKNOWN: AlphaReadings = {
  close: 100,
  ema20: null,
  ema50: null,
  rsi14: null,
  rangePosition: null,
  high4h: null,
  low4h: null,
  change24h: null,
  fundingRate: null,
  narrative: null,
};
const UPTREND = { ema20: 99, ema50: 98 };
const news = (kind: NarrativeReading["kind"], bias: NarrativeReading["bias"]): NarrativeReading => ({
  kind,
  bias,
  text: "",
});

const setupOf = (code: AlphaSetup["code"], change: Partial<AlphaReadings>): AlphaSetup | undefined =>
  findAlphaSetups({ ...QUIET, ...change }).setups.find((setup) => setup.code === code);

type Case = [code: AlphaSetup["code"], change: Partial<AlphaReadings>, side: AlphaSetup["side"]];

it.each<Case>([
  ["trend", UPTREND, "bullish"],
  ["trend", { ema20: 101, ema50: 102 }, "bearish"],
  ["trend", { ema20: 99, ema50: 99.5 }, "neutral"],
  ["trend", { ema20: 99, ema50: null }, "unknown"],
  ["trend", { ema20: 100, ema50: null }, "neutral"],
  ["mean-reversion", { rsi14: 29 }, "bullish"],
  ["mean-reversion", { rsi14: 30 }, "neutral"],
  ["mean-reversion", { rangePosition: 0.14 }, "bullish"],
  ["mean-reversion", { rsi14: 71 }, "bearish"],
  ["mean-reversion", { rangePosition: 0.86 }, "bearish"],
  ["mean-reversion", { rsi14: 29, rangePosition: 0.86 }, "neutral"],
  ["mean-reversion", { rsi14: 29, rangePosition: null }, "bullish"],
  ["mean-reversion", { rsi14: null }, "unknown"],
  ["microstructure", { fundingRate: -0.00011 }, "bullish"],
  ["microstructure", { fundingRate: 0.00011 }, "bearish"],
  ["microstructure", { fundingRate: 0.0001 }, "neutral"],
  ["microstructure", { fundingRate: null }, "unknown"],
  ["microstructure", { narrative: news("absorption", "bullish") }, "bullish"],
  ["microstructure", { narrative: news("distribution", "bearish") }, "bearish"],
  ["microstructure", { narrative: news("absorption", "none") }, "neutral"],
  ["microstructure", { narrative: news("impulse", "bullish") }, "neutral"],
  ["microstructure", { narrative: null }, "unknown"],
  ["microstructure", { fundingRate: -0.001, narrative: null }, "bullish"],
  ["microstructure", { fundingRate: -0.001, narrative: news("distribution", "bearish") }, "neutral"],
])("the %s setup with %o is %s", (code, change, side) => {
  expect(setupOf(code, change)?.side).toBe(side);
});

describe("a setup", () => {
  it("has its target and the price that proves it wrong", () => {
    expect(setupOf("trend", UPTREND)).toMatchObject({
      target: { from: 102, to: 103 },
      invalidation: { price: 98, when: "below" },
    });
    expect(setupOf("trend", { ema20: 101, ema50: 102 })).toMatchObject({
      target: { from: 97, to: 98 },
      invalidation: { price: 102, when: "above" },
    });
    expect(setupOf("mean-reversion", { rsi14: 20, ema20: 101 })).toMatchObject({ target: { from: 101, to: 101 } });
    expect(setupOf("mean-reversion", { rsi14: 20, ema20: 99 })?.target).toBeNull();
    expect(setupOf("microstructure", { fundingRate: -0.001 })).toMatchObject({ target: { from: 102, to: 105 } });
    expect(setupOf("microstructure", { fundingRate: 0.001 })).toMatchObject({
      target: { from: 95, to: 98 },
      invalidation: { price: 102, when: "above" },
    });
  });

  it("has neither where the 4 h range is unknown, or where it is on no side", () => {
    expect(setupOf("trend", { ...UPTREND, high4h: null, low4h: null })).toMatchObject({
      target: null,
      invalidation: null,
    });
    expect(setupOf("trend", {})).toMatchObject({ target: null, invalidation: null });
  });

  it("shows what it compared", () => {
    expect(setupOf("microstructure", { fundingRate: 0.0002 })?.bearish[0]).toEqual({
      condition: "funding-rate",
      value: 0.0002,
      operator: ">",
      threshold: 0.0001,
      met: true,
    });
  });
});

describe("the bias", () => {
  const biasOf = (change: Partial<AlphaReadings>) => findAlphaSetups({ ...QUIET, ...change }).bias;

  it("weighs trend 2, microstructure 1.5 and reversion 1", () => {
    expect(biasOf({ ...UPTREND, fundingRate: 0.001 })).toBe("bullish");
    expect(biasOf({ ...UPTREND, fundingRate: 0.001, rsi14: 75 })).toBe("bearish");
    expect(biasOf({ fundingRate: -0.001, rsi14: 75 })).toBe("bullish");
    expect(biasOf({})).toBe("neutral");
  });

  it("is unknown where a setup that is unknown could turn it", () => {
    expect(biasOf({ ...UPTREND, fundingRate: null })).toBe("bullish");
    expect(biasOf({ ema50: null, ema20: 99, fundingRate: -0.001 })).toBe("unknown");
    expect(findAlphaSetups(UNKNOWN)).toMatchObject({ bias: "unknown" });
  });
});

describe("latent risks", () => {
  const risksOf = (readings: AlphaReadings) =>
    Object.fromEntries(findAlphaSetups(readings).risks.map(({ code, met }) => [code, met]));

  it("are a large move, news just out, an extreme RSI and funding beyond 0.05 % per 8 h", () => {
    const none = { "large-move": false, "impulse-news": false, "rsi-extreme": false, "funding-extreme": false };
    expect(risksOf(QUIET)).toEqual(none);
    expect(risksOf({ ...QUIET, change24h: 0.1, rsi14: 80, fundingRate: 0.0005 })).toEqual(none);
    expect(risksOf({ ...QUIET, change24h: -0.11 })["large-move"]).toBe(true);
    expect(risksOf({ ...QUIET, rsi14: 81 })["rsi-extreme"]).toBe(true);
    expect(risksOf({ ...QUIET, rsi14: 19 })["rsi-extreme"]).toBe(true);
    expect(risksOf({ ...QUIET, fundingRate: -0.00051 })["funding-extreme"]).toBe(true);
    expect(risksOf({ ...QUIET, narrative: news("impulse", "bullish") })["impulse-news"]).toBe(true);
  });

  it("are unknown where their reading is", () => {
    expect(Object.values(risksOf(UNKNOWN))).toEqual([null, null, null, null]);
  });
});

it("a setup's side does not depend on the scale of prices", () => {
  const price = fc.double({ min: 50, max: 150, noNaN: true });
  const prices = fc.record({ close: price, ema20: price, ema50: price, high4h: price, low4h: price });
  fc.assert(
    fc.property(prices, fc.constantFrom(2 ** -10, 2, 2 ** 12), (at, by) => {
      const scaled = Object.fromEntries(Object.entries(at).map(([name, value]) => [name, value * by]));
      const sides = (readings: AlphaReadings) => findAlphaSetups(readings).setups.map(({ side }) => side);
      expect(sides({ ...QUIET, ...scaled })).toEqual(sides({ ...QUIET, ...at }));
    }),
    { numRuns: 200 },
  );
});
