import { createRateOfChange } from "./rate-of-change";
import { createRsi } from "./rsi";
import { createStochastic } from "./stochastic";
import { createStochasticRsi } from "./stochastic-rsi";
import { candles, defineEntry, ofCandles, ofCloses, toLine, type CatalogueEntry } from "./catalogue-entry";

const stochasticInputs = {
  range: candles("the range", 14),
  slowing: candles("the slowing", 3, { most: 50 }),
  average: candles("the average", 3, { most: 50 }),
};

export const momentumEntries: readonly CatalogueEntry[] = [
  defineEntry({
    code: "rsi",
    title: "Relative strength index",
    inputs: { period: candles("the period", 14) },
    outputs: { line: { title: "RSI", unit: "indicator" } },
    memory: "recursive",
    lookback: ({ period }) => period,
    create: ({ period }) => ofCloses(createRsi(period), toLine),
  }),
  defineEntry({
    code: "stochastic",
    title: "Stochastic",
    inputs: stochasticInputs,
    outputs: { k: { title: "stochastic K", unit: "indicator" }, d: { title: "stochastic D", unit: "indicator" } },
    memory: "window",
    lookback: ({ range, slowing, average }) => range + slowing + average - 3,
    create: (periods) => ofCandles(createStochastic(periods), (value) => value),
  }),
  defineEntry({
    code: "stochastic-rsi",
    title: "Stochastic RSI",
    inputs: { rsi: candles("the RSI's period", 14), ...stochasticInputs },
    outputs: {
      k: { title: "stochastic RSI K", unit: "indicator" },
      d: { title: "stochastic RSI D", unit: "indicator" },
    },
    memory: "recursive",
    lookback: ({ rsi, range, slowing, average }) => rsi + range + slowing + average - 3,
    create: (periods) => ofCloses(createStochasticRsi(periods), (value) => value),
  }),
  defineEntry({
    code: "rate-of-change",
    title: "Rate of change",
    inputs: { period: candles("the period", 10) },
    outputs: { line: { title: "rate of change", unit: "fraction" } },
    memory: "window",
    lookback: ({ period }) => period,
    create: ({ period }) => ofCloses(createRateOfChange(period), toLine),
  }),
];
