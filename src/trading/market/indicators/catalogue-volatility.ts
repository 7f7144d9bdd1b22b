import { createAtr } from "./atr";
import { createAtrFraction } from "./atr-fraction";
import { createBandExpansion } from "./band-expansion";
import { createBandSqueeze } from "./band-squeeze";
import { createBollingerBands } from "./bollinger-bands";
import { createRealisedVolatility } from "./realised-volatility";
import { createTrueRange } from "./true-range";
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

const bandInputs = {
  bandPeriod: candles("the bands' period", 20, { least: 2 }),
  medianPeriod: candles("the median's period", 120),
};

const bandwidths = {
  bandwidth: { title: "Bollinger bandwidth", unit: "fraction" },
  median: { title: "median bandwidth", unit: "fraction" },
} as const;

const ranges: readonly CatalogueEntry[] = [
  defineEntry({
    code: "true-range",
    title: "True range",
    inputs: {},
    outputs: { line: { title: "true range", unit: "price" } },
    memory: "window",
    lookback: () => 1,
    create: () => ofCandles(createTrueRange(), toLine),
  }),
  defineEntry({
    code: "atr",
    title: "Average true range",
    inputs: { period: candles("the period", 14) },
    outputs: { line: { title: "ATR", unit: "price" } },
    memory: "recursive",
    lookback: ({ period }) => period,
    create: ({ period }) => ofCandles(createAtr(period), toLine),
  }),
  defineEntry({
    code: "atr-fraction",
    title: "Average true range as a share of the price",
    inputs: { period: candles("the period", 14) },
    outputs: { line: { title: "ATR / close", unit: "fraction" } },
    memory: "recursive",
    lookback: ({ period }) => period,
    create: ({ period }) => ofCandles(createAtrFraction(period), toLine),
  }),
  defineEntry({
    code: "realised-volatility",
    title: "Realised volatility, a year's",
    inputs: { returns: candles("the number of returns", 30, { least: 2 }) },
    outputs: { line: { title: "realised volatility", unit: "fraction" } },
    memory: "window",
    lookback: ({ returns }) => returns,
    create: ({ returns }, timeframe) => ofCloses(createRealisedVolatility(returns, timeframe), toLine),
  }),
];

const bands: readonly CatalogueEntry[] = [
  defineEntry({
    code: "bollinger-bands",
    title: "Bollinger bands",
    inputs: {
      period: candles("the period", 20, { least: 2 }),
      deviations: factor("the number of deviations", 2, [0.1, 10]),
    },
    outputs: {
      upper: { title: "upper Bollinger band", unit: "price" },
      middle: { title: "middle Bollinger band", unit: "price" },
      lower: { title: "lower Bollinger band", unit: "price" },
      bandwidth: bandwidths.bandwidth,
    },
    memory: "window",
    lookback: ({ period }) => period - 1,
    create: ({ period, deviations }) => ofCloses(createBollingerBands(period, deviations), (value) => value),
  }),
  defineEntry({
    code: "band-expansion",
    title: "Bollinger expansion",
    inputs: { ...bandInputs, expansion: factor("the multiple of the median", 1.3, [1, 10]) },
    outputs: { ...bandwidths, isExpanded: { title: "the Bollinger bands expand", unit: "yes-no" } },
    memory: "window",
    lookback: ({ bandPeriod, medianPeriod }) => bandPeriod + medianPeriod - 2,
    create: ({ expansion, ...window }) =>
      ofCloses(createBandExpansion(window), ({ bandwidth, median }) => ({
        bandwidth,
        median,
        isExpanded: toFlag(bandwidth > expansion * median),
      })),
  }),
  defineEntry({
    code: "band-squeeze",
    title: "Bollinger squeeze",
    inputs: {
      ...bandInputs,
      squeeze: factor("the share of the median", 0.7, [0.05, 1]),
      near: factor("the share of the half width", 0.8, [0.05, 5]),
    },
    outputs: {
      ...bandwidths,
      bandDistance: { title: "distance from the middle in half widths", unit: "indicator" },
      isSqueezed: { title: "the Bollinger bands are squeezed", unit: "yes-no" },
      isNearBand: { title: "the close is near a Bollinger band", unit: "yes-no" },
    },
    memory: "window",
    lookback: ({ bandPeriod, medianPeriod }) => bandPeriod + medianPeriod - 2,
    create: ({ bandPeriod, medianPeriod, squeeze, near }) =>
      ofCloses(createBandSqueeze({ bandPeriod, medianPeriod }, { squeeze, near }), (value) => ({
        ...value,
        isSqueezed: toFlag(value.isSqueezed),
        isNearBand: toFlag(value.isNearBand),
      })),
  }),
];

export const volatilityEntries: readonly CatalogueEntry[] = [...ranges, ...bands];
