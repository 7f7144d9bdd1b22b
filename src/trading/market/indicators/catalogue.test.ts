import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Candle } from "../candle";
import { createSyntheticCandles } from "../synthetic-candles";
import { INDICATOR_CATALOGUE } from "./catalogue";
import type { CatalogueEntry, CatalogueParameters, OutputUnit } from "./catalogue-entry";
import { computeLast, computeSeries } from "./indicator";

type Named = { readonly name: string; readonly entry: CatalogueEntry };

const ENTRIES: Named[] = INDICATOR_CATALOGUE.map((entry) => ({ name: entry.code, entry }));
const TIMEFRAME = "1h";

const marketOf = (seed: number, count: number): Candle[] =>
  createSyntheticCandles({ seed, count, volatility: 0.01, startPrice: 64, timeframe: TIMEFRAME });

/** Every parameter at one property of its range; null where these do not fit together. */
const parametersAt = (entry: CatalogueEntry, pick: "least" | "default" | "most"): CatalogueParameters =>
  Object.fromEntries(Object.entries(entry.inputs).map(([name, range]) => [name, range[pick]]));

/** Random parameters that fit together, of windows short enough for many runs. */
const parametersOf = (entry: CatalogueEntry): fc.Arbitrary<CatalogueParameters> =>
  fc
    .record(
      Object.fromEntries(
        Object.entries(entry.inputs).map(([name, { least, most, isWhole }]) => {
          const max = isWhole ? Math.min(most, Math.max(60, least + 10)) : most;
          return [name, isWhole ? fc.integer({ min: least, max }) : fc.double({ min: least, max, noNaN: true })];
        }),
      ),
    )
    .filter((parameters) => entry.findFault(parameters) === null);

const seeds = fc.integer({ min: 0, max: 2 ** 31 });

const expectRefused = (entry: CatalogueEntry, parameters: CatalogueParameters): void => {
  expect(() => entry.create(parameters, TIMEFRAME)).toThrow(RangeError);
};

const expectWarmAtLookback = (entry: CatalogueEntry, parameters: CatalogueParameters, seed: number): void => {
  const lookback = entry.lookback(parameters, TIMEFRAME);
  const series = computeSeries(entry.create(parameters, TIMEFRAME), marketOf(seed, lookback + 25));
  const first = series.findIndex((value) => value !== undefined);
  if (entry.lookbackIs === "exact") expect(first).toBe(lookback);
  else expect(first).toBeLessThanOrEqual(lookback);
  expect(series.slice(lookback)).not.toContain(undefined);
};

it("has each code once, in kebab case", () => {
  const codes = INDICATOR_CATALOGUE.map((entry) => entry.code);
  expect(new Set(codes).size).toBe(codes.length);
  expect(codes.filter((code) => !/^[a-z]+(-[a-z]+)*$/.test(code))).toEqual([]);
});

it("keeps its codes, parameters and outputs, because bots store them", () => {
  expect(
    Object.fromEntries(
      INDICATOR_CATALOGUE.map((entry) => [
        entry.code,
        `${Object.keys(entry.inputs).join(" ")} -> ${Object.keys(entry.outputs).join(" ")}`,
      ]),
    ),
  ).toMatchInlineSnapshot(`
    {
      "adx": "period -> adx plusDi minusDi",
      "atr": "period -> line",
      "atr-fraction": "period -> line",
      "band-expansion": "bandPeriod medianPeriod expansion -> bandwidth median isExpanded",
      "band-squeeze": "bandPeriod medianPeriod squeeze near -> bandwidth median bandDistance isSqueezed isNearBand",
      "bollinger-bands": "period deviations -> upper middle lower bandwidth",
      "donchian-channel": "period -> upper middle lower",
      "ema": "period -> line",
      "fair-value-gap": "gapMin bodyMin ageMax atrPeriod -> bullishOpen bearishOpen inBullish inBearish",
      "highest-high": "period -> line",
      "ichimoku": "tenkan kijun spanB displacement -> tenkan kijun spanA spanB cloudTop cloudBottom",
      "lowest-low": "period -> line",
      "macd": "fast slow signal -> line signal histogram",
      "macd-divergence": "window -> regularBullish hiddenBullish regularBearish hiddenBearish",
      "macd-divergence-so-far": "window -> regularBullish hiddenBullish regularBearish hiddenBearish",
      "median": "period -> line",
      "obv": "period -> line average",
      "price": " -> open high low close",
      "range-position": "period -> line isPremium isDiscount",
      "rate-of-change": "period -> line",
      "realised-volatility": "returns -> line",
      "rsi": "period -> line",
      "session-vwap": "hours -> line",
      "sma": "period -> line",
      "stochastic": "range slowing average -> k d",
      "stochastic-rsi": "rsi range slowing average -> k d",
      "supertrend": "period multiple -> line isUp",
      "support-resistance": "window wing width touchesMin near -> nearSupport nearResistance supportTouches resistanceTouches",
      "true-range": " -> line",
      "volume": " -> line",
      "volume-average": "period -> line",
      "volume-delta": "cumulative sigma recent -> bar cumulative sigma recent recentRange",
      "vwap-bands": "candles atrPeriod -> vwap upper lower",
      "wilder-average": "period -> line",
    }
  `);
});

describe.each(ENTRIES)("$name", ({ entry }) => {
  it("has defaults within their ranges", () => {
    expect(entry.findFault(parametersAt(entry, "default"))).toBeNull();
  });

  it.each(["least", "default", "most"] as const)(
    "is warm exactly after its lookback with the %s parameters",
    (pick) => {
      const parameters = parametersAt(entry, pick);
      // The most of a fast and of a slow period do not fit together.
      if (entry.findFault(parameters) === null) expectWarmAtLookback(entry, parameters, 5);
      else expectRefused(entry, parameters);
    },
  );

  it("is warm exactly after its lookback with any parameters", () => {
    fc.assert(
      fc.property(parametersOf(entry), seeds, (parameters, seed) => expectWarmAtLookback(entry, parameters, seed)),
      { numRuns: 40 },
    );
  });

  it("answers each of its outputs with a finite number, yes and no as 1 and 0", () => {
    const parameters = parametersAt(entry, "default");
    const values = computeSeries(entry.create(parameters, TIMEFRAME), marketOf(3, 400)).filter(
      (value) => value !== undefined,
    );
    for (const value of values) {
      expect(Object.keys(value).toSorted()).toEqual(Object.keys(entry.outputs).toSorted());
      expect(Object.values(value).filter((number) => !Number.isFinite(number))).toEqual([]);
      const flags = Object.entries(entry.outputs).flatMap(([name, { unit }]) =>
        unit === "yes-no" ? [value[name]] : [],
      );
      expect(flags.filter((flag) => flag !== 0 && flag !== 1)).toEqual([]);
    }
  });

  it("does not look ahead: what comes later changes nothing before it", () => {
    fc.assert(
      fc.property(parametersOf(entry), seeds, seeds, fc.nat(200), (parameters, seed, other, cut) => {
        const [past, future] = [marketOf(seed, 200).slice(0, cut), marketOf(other, 200).slice(cut)];
        const answer = (market: readonly Candle[]) => computeSeries(entry.create(parameters, TIMEFRAME), market);
        expect(answer([...past, ...future]).slice(0, cut)).toEqual(answer(past));
      }),
      { numRuns: 200 },
    );
  });

  // A power of two is exact in floating point, so the outputs must agree to the last bit.
  it.each<[string, OutputUnit, (candle: Candle, by: number) => Candle]>([
    [
      "prices",
      "price",
      (candle, by) => ({
        ...candle,
        open: candle.open * by,
        high: candle.high * by,
        low: candle.low * by,
        close: candle.close * by,
      }),
    ],
    ["volumes", "volume", (candle, by) => ({ ...candle, volume: (candle.volume ?? NaN) * by })],
  ])("changes by the same factor as all %s where that is its unit, and not at all elsewhere", (_, unit, multiply) => {
    const factors = fc.constantFrom(2 ** -10, 0.5, 4, 2 ** 12);
    fc.assert(
      fc.property(parametersOf(entry), seeds, factors, (parameters, seed, by) => {
        const market = marketOf(seed, entry.lookback(parameters, TIMEFRAME) + 40);
        const expected = computeLast(entry.create(parameters, TIMEFRAME), market) ?? {};
        const scaled = market.map((candle) => multiply(candle, by));
        expect(computeLast(entry.create(parameters, TIMEFRAME), scaled)).toEqual(
          Object.fromEntries(
            Object.entries(expected).map(([name, value]) => [
              name,
              entry.outputs[name]?.unit === unit ? value * by : value,
            ]),
          ),
        );
      }),
      { numRuns: 60 },
    );
  });
});

describe.each(ENTRIES.filter(({ entry }) => entry.memory === "window"))("$name", ({ entry }) => {
  it("depends on its last lookback + 1 candles only", () => {
    fc.assert(
      fc.property(parametersOf(entry), seeds, fc.integer({ min: 1, max: 60 }), (parameters, seed, earlier) => {
        const window = entry.lookback(parameters, TIMEFRAME) + 1;
        const market = marketOf(seed, window + earlier);
        const alone = computeLast(entry.create(parameters, TIMEFRAME), market.slice(earlier));
        expect(alone).toBeDefined();
        expect(computeLast(entry.create(parameters, TIMEFRAME), market)).toEqual(alone);
      }),
      { numRuns: 200 },
    );
  });
});

describe("a fault in the parameters", () => {
  const entryOf = (code: string): CatalogueEntry => {
    const entry = INDICATOR_CATALOGUE.find((one) => one.code === code);
    if (entry === undefined) throw new Error(`no entry ${code}`);
    return entry;
  };

  it.each<[string, CatalogueParameters, string]>([
    ["sma", {}, "the period must be a whole number from 1 to 400, was missing"],
    ["sma", { period: 0 }, "the period must be a whole number from 1 to 400, was 0"],
    ["sma", { period: 401 }, "the period must be a whole number from 1 to 400, was 401"],
    ["sma", { period: 2.5 }, "the period must be a whole number from 1 to 400, was 2.5"],
    ["sma", { period: Number.NaN }, "the period must be a whole number from 1 to 400, was NaN"],
    ["sma", { period: 20, toString: 3 }, 'there is no parameter "toString"'],
    ["supertrend", { period: 10, multiple: 21 }, "the multiple of ATR must be a number from 0.1 to 20, was 21"],
    ["macd", { fast: 26, slow: 26, signal: 9 }, "the fast period must be below the slow one, was 26 and 26"],
  ])("is told in a sentence: %s %o", (code, parameters, fault) => {
    const entry = entryOf(code);
    expect(entry.findFault(parameters)).toBe(fault);
    expect(() => entry.create(parameters, TIMEFRAME)).toThrow(`${entry.title}: ${fault}`);
    expect(() => entry.lookback(parameters, TIMEFRAME)).toThrow(RangeError);
  });
});

it.each([
  ["volume", 1],
  ["volume-average", 20],
  ["volume-delta", 24],
  ["vwap-bands", 24],
  ["session-vwap", 24],
])("%s is unknown at an unknown volume and known again within %i candles", (code, window) => {
  const entry = INDICATOR_CATALOGUE.find((one) => one.code === code);
  const market = marketOf(9, 120).map((candle, index) => (index === 60 ? { ...candle, volume: null } : candle));
  const series = entry ? computeSeries(entry.create(parametersAt(entry, "default"), TIMEFRAME), market) : [];
  expect(series[59]).toBeDefined();
  expect(series[60]).toBeUndefined();
  expect(series[60 + window]).toBeDefined();
});
