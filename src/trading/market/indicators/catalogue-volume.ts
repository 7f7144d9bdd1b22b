import type { Candle } from "../candle";
import { HOUR_MS } from "../duration";
import { timeframeMs } from "../timeframe";
import { createSessionVwap } from "./anchored-vwap";
import type { Indicator } from "./indicator";
import { createKnownAverage } from "./known-average";
import { createObv } from "./obv";
import { createVolumeDelta } from "./volume-delta";
import { createVwapBands } from "./vwap-bands";
import { candles, defineEntry, ofCandles, toLine, type CatalogueEntry } from "./catalogue-entry";

/** OBV beside its mean: OBV starts at 0, so only its distance from something of its own means anything. */
const createObvWithAverage = (period: number): Indicator<Candle, { line: number; average: number }> => {
  const obv = createObv();
  const average = createKnownAverage(period);
  return {
    next(candle) {
      const line = obv.next(candle);
      const mean = average.next(line);
      return line === undefined || mean === undefined ? undefined : { line, average: mean };
    },
  };
};

const volumes: readonly CatalogueEntry[] = [
  defineEntry({
    code: "volume",
    title: "Volume",
    inputs: {},
    outputs: { line: { title: "volume", unit: "volume" } },
    memory: "window",
    lookback: () => 0,
    create: () => ({ next: ({ volume }) => (volume === null ? undefined : { line: volume }) }),
  }),
  defineEntry({
    code: "volume-average",
    title: "Average volume",
    inputs: { period: candles("the period", 20) },
    outputs: { line: { title: "average volume", unit: "volume" } },
    memory: "window",
    lookback: ({ period }) => period - 1,
    create: ({ period }) => {
      const average = createKnownAverage(period);
      return ofCandles({ next: ({ volume }) => average.next(volume) }, toLine);
    },
  }),
  defineEntry({
    code: "obv",
    title: "On-balance volume",
    inputs: { period: candles("the average's period", 14) },
    outputs: { line: { title: "OBV", unit: "volume" }, average: { title: "average OBV", unit: "volume" } },
    memory: "recursive",
    lookback: ({ period }) => period - 1,
    create: ({ period }) => createObvWithAverage(period),
  }),
  defineEntry({
    code: "volume-delta",
    title: "Volume delta, a proxy for order flow",
    inputs: {
      cumulative: candles("the cumulative window", 24),
      sigma: candles("the deviation's window", 20, { least: 2 }),
      recent: candles("the recent window", 5),
    },
    outputs: {
      bar: { title: "volume delta", unit: "volume" },
      cumulative: { title: "cumulative volume delta", unit: "volume" },
      sigma: { title: "deviation of the volume delta", unit: "volume" },
      recent: { title: "recent volume delta", unit: "volume" },
      recentRange: { title: "range of the recent closes", unit: "fraction" },
    },
    memory: "window",
    lookback: ({ cumulative, sigma, recent }) => Math.max(cumulative, sigma, recent) - 1,
    create: (window) => ofCandles(createVolumeDelta(window), (value) => value),
  }),
];

const weightedPrices: readonly CatalogueEntry[] = [
  defineEntry({
    code: "vwap-bands",
    title: "Rolling VWAP with bands of one ATR",
    inputs: { candles: candles("the window", 24), atrPeriod: candles("the ATR's period", 14) },
    outputs: {
      vwap: { title: "rolling VWAP", unit: "price" },
      upper: { title: "upper VWAP band", unit: "price" },
      lower: { title: "lower VWAP band", unit: "price" },
    },
    memory: "recursive",
    lookback: (window) => Math.max(window.candles - 1, window.atrPeriod),
    create: (window) => ofCandles(createVwapBands(window), (value) => value),
  }),
  defineEntry({
    code: "session-vwap",
    title: "VWAP of the UTC session",
    inputs: { hours: { title: "the session's hours", least: 1, most: 24, default: 24, isWhole: true } },
    outputs: { line: { title: "session VWAP", unit: "price" } },
    memory: "window",
    lookbackIs: "at-most",
    lookback: ({ hours }, timeframe) => Math.ceil((hours * HOUR_MS) / timeframeMs(timeframe)) - 1,
    create: ({ hours }) => ofCandles(createSessionVwap(hours), toLine),
  }),
];

export const volumeEntries: readonly CatalogueEntry[] = [...volumes, ...weightedPrices];
