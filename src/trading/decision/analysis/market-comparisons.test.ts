import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Candle } from "../../market/candle";
import { HOUR_MS } from "../../market/duration";
import { createSyntheticCandles } from "../../market/synthetic-candles";
import { measureCapitalFlows } from "./capital-flows";
import { measureBreadth } from "./market-breadth";
import type { MarketCandles, MarketHorizon } from "./market-horizon";
import { readRegime, voteMarketRegime, type RegimeReadings } from "./market-regime";

const HORIZON: MarketHorizon = { timeframe: "1h", through: 4 * HOUR_MS, candles: 4 };

/** A market of five hourly candles that ends `change` away from 100. */
const market = (pair: string, change: number, volume: number | null = 1): MarketCandles => ({
  pair,
  candles: [0, 1, 2, 3, 4].map((hour) => {
    const close = hour === 4 ? 100 * (1 + change) : 100;
    return { openTime: hour * HOUR_MS, open: close, high: close, low: close, close, volume };
  }),
});

const without = ({ pair, candles }: MarketCandles, hour: number): MarketCandles => ({
  pair,
  candles: candles.filter((candle) => candle.openTime !== hour * HOUR_MS),
});

const changes = (...all: number[]): MarketCandles[] => all.map((change, index) => market(`M${index}`, change));

describe("breadth", () => {
  it.each<[string, number[], string]>([
    ["strong when risers outnumber fallers by more than 1.5", [0.1, 0.1, 0.1, 0.1, -0.1, -0.1], "strong"],
    ["mixed at exactly 1.5", [0.1, 0.1, 0.1, -0.1, -0.1], "mixed"],
    ["weak the other way round", [0.1, -0.1, -0.1, -0.1], "weak"],
    ["strong when none falls", [0.1, 0, 0], "strong"],
    ["mixed when nothing moves", [0, 0, 0], "mixed"],
    ["unknown with two markets", [0.1, 0.1], "unknown"],
  ])("is %s", (_, all, state) => {
    expect(measureBreadth(changes(...all), HORIZON).state).toBe(state);
  });

  it("counts a market without one of the two ends as unknown, not as unchanged", () => {
    const [first, second, ...rest] = changes(0.1, 0.1, -0.1, 0, 0.2);
    const markets = [without(first ?? market("", 0), 0), without(second ?? market("", 0), 4), ...rest];
    expect(measureBreadth(markets, HORIZON)).toMatchObject({
      advancers: 1,
      decliners: 1,
      unchanged: 1,
      unknown: 2,
      ratio: 1,
      state: "mixed",
    });
    expect(measureBreadth(markets.slice(0, 4), HORIZON).state).toBe("unknown");
  });

  it("has no ratio where none fell, and a share above the average of the markets whose average is known", () => {
    const breadth = measureBreadth([...changes(0.1, 0.1, -0.1), without(market("short", 0.1), 0)], HORIZON, 5);
    expect(breadth.aboveAverage).toBeCloseTo(2 / 3, 12);
    expect(measureBreadth(changes(0.1, 0.1, 0.1), HORIZON)).toMatchObject({ ratio: null, aboveAverage: null });
  });
});

describe("capital flows", () => {
  const state = (bitcoin: number, ...alts: number[]) =>
    measureCapitalFlows({ bitcoin: market("BTC", bitcoin), others: changes(...alts) }, HORIZON).state;

  it.each<[number, number, string]>([
    [-0.01, -0.02, "out-of-crypto"],
    [0.05, 0.04, "into-btc"],
    [0.04, 0.05, "into-alts"],
    [0.05, 0.045, "balanced"],
    [0.01, -0.01, "into-btc"],
    [-0.01, 0.01, "into-alts"],
    [0, 0, "balanced"],
    [0, -0.01, "balanced"],
  ])("with bitcoin at %f and the others at %f go %s", (bitcoin, alts, expected) => {
    expect(state(bitcoin, alts)).toBe(expected);
  });

  it("weigh each market by the quote value it traded", () => {
    const others = [market("big", 0.1, 3), market("small", -0.1, 1)];
    const flows = measureCapitalFlows({ bitcoin: market("BTC", 0.05, 6), others }, HORIZON);
    // Values: big 3 x 410, small 1 x 390, bitcoin 6 x 405.
    expect(flows.altsChange).toBeCloseTo((0.1 * 1230 - 0.1 * 390) / 1620, 12);
    expect(flows.totalChange).toBeCloseTo((0.1 * 1230 - 0.1 * 390 + 0.05 * 2430) / 4050, 12);
  });

  it("leave out and name a market whose volume or candle is missing, and are unknown without bitcoin", () => {
    const others = [market("known", 0.1), market("dark", 0.5, null), without(market("holed", 0.5), 2)];
    const flows = measureCapitalFlows({ bitcoin: market("BTC", 0.01), others }, HORIZON);
    expect(flows).toMatchObject({ state: "into-alts", unknown: ["dark", "holed"] });
    expect(flows.altsChange).toBeCloseTo(0.1, 12);
    const blind = measureCapitalFlows({ bitcoin: market("BTC", 0.01, null), others }, HORIZON);
    expect(blind).toMatchObject({ state: "unknown", bitcoinChange: null, totalChange: null });
    expect(measureCapitalFlows({ bitcoin: market("BTC", 0.01), others: [] }, HORIZON).state).toBe("unknown");
  });
});

describe("the market's regime", () => {
  const on: RegimeReadings = { averageCorrelation: 0.5, altsLead: 0.02, dailyVolatility: 0.01 };
  const off: RegimeReadings = { averageCorrelation: 0.8, altsLead: -0.02, dailyVolatility: 0.03 };
  const between: RegimeReadings = { averageCorrelation: 0.65, altsLead: 0, dailyVolatility: 0.02 };

  it.each<[string, RegimeReadings, string, number | null]>([
    ["all three on", on, "risk-on", 1],
    ["two on", { ...on, altsLead: 0 }, "risk-on", 2 / 3],
    ["two on, one off", { ...on, dailyVolatility: 0.03 }, "risk-on", 2 / 3],
    ["two on, one unknown", { ...on, altsLead: null }, "risk-on", 2 / 3],
    ["all three off", off, "risk-off", 1],
    ["two off, one unknown", { ...off, averageCorrelation: null }, "risk-off", 2 / 3],
    ["one of each", { ...between, averageCorrelation: 0.5, altsLead: -0.02 }, "neutral", 0.5],
    ["none", between, "neutral", 0.5],
    ["none and one unknown, which could not decide", { ...between, altsLead: null }, "neutral", 0.5],
    [
      "one on and one unknown, which could decide",
      { ...between, averageCorrelation: 0.5, altsLead: null },
      "unknown",
      null,
    ],
    ["one known", { averageCorrelation: null, altsLead: null, dailyVolatility: 0.02 }, "unknown", null],
    ["exactly at the bounds", { averageCorrelation: 0.6, altsLead: 0.01, dailyVolatility: 0.016 }, "neutral", 0.5],
  ])("by %s", (_, readings, regime, score) => {
    expect(voteMarketRegime(readings)).toMatchObject({ regime, score });
  });

  it("shows each vote's value and both bounds, and null for a vote it cannot cast", () => {
    expect(voteMarketRegime({ ...on, altsLead: null }).votes.map(({ vote }) => vote)).toEqual([
      "risk-on",
      null,
      "risk-on",
    ]);
    expect(voteMarketRegime(off).votes[0]).toEqual({
      vote: "risk-off",
      riskOn: { condition: "average-correlation", value: 0.8, operator: "<", threshold: 0.6, met: false },
      riskOff: { condition: "average-correlation", value: 0.8, operator: ">", threshold: 0.7, met: true },
    });
  });

  it("is never another one for lack of data: the same, or unknown", () => {
    const value = (low: number, high: number) => fc.double({ min: low, max: high, noNaN: true });
    const readings = fc.record({
      averageCorrelation: value(0.4, 0.9),
      altsLead: value(-0.03, 0.03),
      dailyVolatility: value(0, 0.04),
    });
    const keys = fc.subarray(["averageCorrelation", "altsLead", "dailyVolatility"] as const);
    fc.assert(
      fc.property(readings, keys, (known, missing) => {
        const partly = { ...known, ...Object.fromEntries(missing.map((key) => [key, null])) };
        expect(["unknown", voteMarketRegime(known).regime]).toContain(voteMarketRegime(partly).regime);
      }),
      { numRuns: 500 },
    );
  });
});

const walk = (seed: number, count = 200): Candle[] => createSyntheticCandles({ seed, count, volatility: 0.005 });
const through = walk(1)[150]?.openTime ?? NaN;
const WALK: MarketHorizon = { timeframe: "1h", through, candles: 24 };
const measureAll = (markets: readonly MarketCandles[]) => {
  const [bitcoin = market("", 0), ...others] = markets;
  return {
    breadth: measureBreadth(markets, WALK),
    flows: measureCapitalFlows({ bitcoin, others }, WALK),
    regime: readRegime({ bitcoin, others }, WALK),
  };
};
const walks = fc
  .array(fc.nat(100_000), { minLength: 2, maxLength: 5 })
  .map((seeds) => seeds.map((seed, index): MarketCandles => ({ pair: `M${index}`, candles: walk(seed) })));

describe("several markets", () => {
  it("are read at one instant: what comes later changes nothing", () => {
    fc.assert(
      fc.property(walks, (markets) => {
        const past = markets.map(({ pair, candles }) => ({ pair, candles: candles.slice(0, 151) }));
        expect(measureAll(markets)).toEqual(measureAll(past));
      }),
      { numRuns: 200 },
    );
  });

  it("mean the same at any price scale", () => {
    fc.assert(
      fc.property(walks, fc.constantFrom(2 ** -8, 4, 2 ** 10), (markets, by) => {
        const scaled = markets.map(({ pair, candles }) => ({
          pair,
          candles: candles.map((candle) => ({ ...candle, close: candle.close * by })),
        }));
        expect(measureAll(scaled)).toEqual(measureAll(markets));
      }),
      { numRuns: 200 },
    );
  });

  it("give the regime's readings by hand: volatility of a day, lead of the others, mean correlation", () => {
    const markets = [1, 2, 3].map((seed) => ({ pair: `M${seed}`, candles: walk(seed) }));
    const { regime, flows } = measureAll(markets);
    // Hourly returns of 0.5 % make about 0.5 % x sqrt(24) a day.
    expect(regime.dailyVolatility).toBeGreaterThan(0.8 * 0.005 * Math.sqrt(24));
    expect(regime.dailyVolatility).toBeLessThan(1.2 * 0.005 * Math.sqrt(24));
    const changeOf = (index: number) => {
      const candles = markets[index]?.candles ?? [];
      return (candles[150]?.close ?? NaN) / (candles[126]?.close ?? NaN) - 1;
    };
    expect(regime.altsLead).toBeCloseTo((changeOf(1) + changeOf(2)) / 2 - changeOf(0), 12);
    expect(flows.bitcoinChange).toBeCloseTo(changeOf(0), 12);
    expect(Math.abs(regime.averageCorrelation ?? NaN)).toBeLessThan(0.3);
  });

  it("leave a stale market out of the regime's readings", () => {
    const stale = { pair: "stale", candles: walk(9).slice(0, 150) };
    const [bitcoin, other] = [
      { pair: "BTC", candles: walk(1) },
      { pair: "ETH", candles: walk(2) },
    ];
    const fresh = readRegime({ bitcoin, others: [other] }, WALK);
    expect(readRegime({ bitcoin, others: [other, stale] }, WALK)).toEqual(fresh);
    expect(readRegime({ bitcoin: stale, others: [other] }, WALK)).toMatchObject({
      averageCorrelation: null,
      altsLead: null,
    });
  });
});
