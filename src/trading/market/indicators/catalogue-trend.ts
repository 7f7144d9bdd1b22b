import { createAdx } from "./adx";
import { createEma } from "./ema";
import type { Divergence } from "./find-divergence";
import { createIchimoku } from "./ichimoku";
import { createMacd } from "./macd";
import { createMacdDivergence, createMacdDivergenceSoFar, divergenceLookback, MACD_LOOKBACK } from "./macd-divergence";
import { createRollingMedian } from "./rolling-median";
import { createSma } from "./sma";
import { createSupertrend } from "./supertrend";
import { createWilderAverage } from "./wilder-average";
import {
  candles,
  defineEntry,
  factor,
  ofCandles,
  ofCloses,
  toFlag,
  toLine,
  type CatalogueEntry,
} from "./catalogue-entry";

const priceLine = (title: string) => ({ line: { title, unit: "price" } }) as const;

const averages: readonly CatalogueEntry[] = [
  defineEntry({
    code: "sma",
    title: "Simple moving average",
    inputs: { period: candles("the period", 20) },
    outputs: priceLine("SMA"),
    memory: "window",
    lookback: ({ period }) => period - 1,
    create: ({ period }) => ofCloses(createSma(period), toLine),
  }),
  defineEntry({
    code: "ema",
    title: "Exponential moving average",
    inputs: { period: candles("the period", 20) },
    outputs: priceLine("EMA"),
    memory: "recursive",
    lookback: ({ period }) => period - 1,
    create: ({ period }) => ofCloses(createEma(period), toLine),
  }),
  defineEntry({
    code: "wilder-average",
    title: "Wilder's moving average",
    inputs: { period: candles("the period", 14) },
    outputs: priceLine("Wilder's average"),
    memory: "recursive",
    lookback: ({ period }) => period - 1,
    create: ({ period }) => ofCloses(createWilderAverage(period), toLine),
  }),
  defineEntry({
    code: "median",
    title: "Median close",
    inputs: { period: candles("the period", 20) },
    outputs: priceLine("median"),
    memory: "window",
    lookback: ({ period }) => period - 1,
    create: ({ period }) => ofCloses(createRollingMedian(period), toLine),
  }),
];

const macd = defineEntry({
  code: "macd",
  title: "MACD",
  inputs: {
    fast: candles("the fast period", 12),
    slow: candles("the slow period", 26, { least: 2 }),
    signal: candles("the signal period", 9),
  },
  outputs: {
    line: { title: "MACD line", unit: "price" },
    signal: { title: "MACD signal", unit: "price" },
    histogram: { title: "MACD histogram", unit: "price" },
  },
  memory: "recursive",
  findConflict: ({ fast, slow }) =>
    fast < slow ? null : `the fast period must be below the slow one, was ${fast} and ${slow}`,
  lookback: ({ slow, signal }) => slow + signal - 2,
  create: (periods) => ofCloses(createMacd(periods), (value) => value),
});

const divergenceOutputs = {
  regularBullish: { title: "regular bullish divergence", unit: "yes-no" },
  hiddenBullish: { title: "hidden bullish divergence", unit: "yes-no" },
  regularBearish: { title: "regular bearish divergence", unit: "yes-no" },
  hiddenBearish: { title: "hidden bearish divergence", unit: "yes-no" },
} as const;

const nameDivergence = ({ bullish, bearish }: Divergence) => ({
  regularBullish: toFlag(bullish === "regular"),
  hiddenBullish: toFlag(bullish === "hidden"),
  regularBearish: toFlag(bearish === "regular"),
  hiddenBearish: toFlag(bearish === "hidden"),
});

const divergences: readonly CatalogueEntry[] = [
  defineEntry({
    code: "macd-divergence",
    title: "MACD divergence",
    inputs: { window: candles("the window", 60, { least: 20 }) },
    outputs: divergenceOutputs,
    memory: "recursive",
    lookback: ({ window }) => divergenceLookback(window),
    create: ({ window }) => ofCandles(createMacdDivergence(window), nameDivergence),
  }),
  defineEntry({
    code: "macd-divergence-so-far",
    title: "MACD divergence of the candles so far",
    inputs: { window: candles("the longest window", 300, { least: 20 }) },
    outputs: divergenceOutputs,
    memory: "recursive",
    lookback: () => MACD_LOOKBACK,
    create: ({ window }) => ofCandles(createMacdDivergenceSoFar(window), nameDivergence),
  }),
];

const adx = defineEntry({
  code: "adx",
  title: "Average directional index",
  inputs: { period: candles("the period", 14) },
  outputs: {
    adx: { title: "ADX", unit: "indicator" },
    plusDi: { title: "+DI", unit: "indicator" },
    minusDi: { title: "-DI", unit: "indicator" },
  },
  memory: "recursive",
  lookback: ({ period }) => 2 * period - 1,
  create: ({ period }) => ofCandles(createAdx(period), (value) => value),
});

const supertrend = defineEntry({
  code: "supertrend",
  title: "Supertrend",
  inputs: { period: candles("the period", 10), multiple: factor("the multiple of ATR", 3, [0.1, 20]) },
  outputs: { line: { title: "Supertrend", unit: "price" }, isUp: { title: "Supertrend is up", unit: "yes-no" } },
  memory: "recursive",
  lookback: ({ period }) => period,
  create: ({ period, multiple }) =>
    ofCandles(createSupertrend(period, multiple), ({ direction, value }) => ({
      line: value,
      isUp: toFlag(direction === "up"),
    })),
});

const ichimoku = defineEntry({
  code: "ichimoku",
  title: "Ichimoku cloud",
  inputs: {
    tenkan: candles("the tenkan period", 9),
    kijun: candles("the kijun period", 26),
    spanB: candles("the period of span B", 52),
    displacement: candles("the displacement", 26, { most: 100 }),
  },
  outputs: {
    tenkan: { title: "tenkan", unit: "price" },
    kijun: { title: "kijun", unit: "price" },
    spanA: { title: "span A of the cloud", unit: "price" },
    spanB: { title: "span B of the cloud", unit: "price" },
    cloudTop: { title: "top of the cloud", unit: "price" },
    cloudBottom: { title: "bottom of the cloud", unit: "price" },
  },
  memory: "window",
  lookback: ({ tenkan, kijun, spanB, displacement }) => Math.max(tenkan, kijun, spanB) + displacement - 1,
  create: (periods) =>
    ofCandles(createIchimoku(periods), (value) => ({
      ...value,
      cloudTop: Math.max(value.spanA, value.spanB),
      cloudBottom: Math.min(value.spanA, value.spanB),
    })),
});

export const trendEntries: readonly CatalogueEntry[] = [...averages, macd, ...divergences, adx, supertrend, ichimoku];
