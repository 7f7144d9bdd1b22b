import { analyse, analyseSeries, decideBy, decisionTimeframes } from "../../src/trading/decision/decide";
import { MODES } from "../../src/trading/decision/modes/registry";
import { aggregateCandles } from "../../src/trading/market/aggregate-candles";
import { candleCloseTime } from "../../src/trading/market/candle";
import { createSyntheticCandles } from "../../src/trading/market/synthetic-candles";
import { quantile } from "../quantile";
import { indicatorRows, type BenchRow } from "./indicator-rows";

/** Three months of hours. */
const HOURS = 2208;
/** Candles of five minutes in an hour: what a backtest's speed is told in. */
const FINEST_PER_DECISION = 12;
const ROUNDS = 15;
/** Windows read one by one, which are slower: spread over the series. */
const SINGLES = 40;

const settings = { mode: "trinity", pairs: ["BTC/USDT"], decision: MODES.trinity.settings.parse({}) };
const [{ count: WINDOW }] = decisionTimeframes(settings);
const candles = createSyntheticCandles({ seed: 1, count: HOURS, volatility: 0.01, startPrice: 30_000 });
const confirm = aggregateCandles(candles, { from: "1h", to: "4h" });
const slots = candles.map((candle) => candleCloseTime(candle, "1h"));
const lasts = Array.from({ length: SINGLES }, (_, index) => WINDOW + index * 40);

const timeOf = (run: () => unknown, count: number): number => {
  const startedAt = performance.now();
  run();
  return ((performance.now() - startedAt) * 1e6) / count;
};

/** ns for each of `count` things that a run computes. */
const medianNs = (run: () => unknown, count: number): number => {
  const times = Array.from({ length: ROUNDS }, () => timeOf(run, count));
  return quantile(
    times.toSorted((a, b) => a - b),
    0.5,
  );
};

const readSeries = () => analyseSeries({ settings, slots, series: [candles, confirm] });
const readAll = () => {
  const at = readSeries();
  return slots.map((_, index) => at(index).scores);
};
const single = (last: number) =>
  analyse({
    settings,
    time: slots[last] ?? 0,
    series: [candles.slice(last - WINDOW + 1, last + 1), confirm.slice(0, Math.floor((last + 1) / 4)).slice(-120)],
  });

type Figures = { readonly name: string; readonly singleNs: number; readonly seriesNs: number };

const measureRow = ({ name, single: one, series }: BenchRow): Figures => {
  const windows = lasts.map((last) => candles.slice(last - WINDOW + 1, last + 1));
  const singleNs = medianNs(() => windows.map((window) => one(window)), SINGLES);
  return { name, singleNs, seriesNs: medianNs(series, HOURS) };
};

const measureWhole = (): Figures[] => {
  const at = readSeries();
  const bot = { pair: "BTC/USDT", settings, position: null, wasHeld: false };
  const read = lasts.map((last) => ({ one: single(last), many: at(last) }));
  return [
    {
      name: "analysis",
      singleNs: medianNs(() => lasts.map((last) => single(last)), SINGLES),
      seriesNs: medianNs(readAll, HOURS),
    },
    {
      name: "its evidence",
      singleNs: Number.NaN,
      seriesNs: medianNs(() => read.map(({ many }) => many.evidence), SINGLES),
    },
    {
      name: "decision",
      singleNs: medianNs(() => read.map(({ one }) => decideBy({ ...bot, analysis: one })), SINGLES),
      seriesNs: medianNs(() => read.map(({ many }) => decideBy({ ...bot, analysis: many })), SINGLES),
    },
  ];
};

/** What Trinity's readings cost, by indicator and in all; the first run of the whole, which finds everything cold, too. */
export const measureIndicators = () => {
  const coldNs = timeOf(readAll, HOURS);
  const figures = [...measureWhole(), ...indicatorRows(candles, slots, WINDOW).map(measureRow)].map((row) => ({
    ...row,
    ratio: row.singleNs / row.seriesNs,
    finestCandlesPerSecond: (FINEST_PER_DECISION * 1e9) / row.seriesNs,
  }));
  return { coldNs, coldCandlesPerSecond: (FINEST_PER_DECISION * 1e9) / coldNs, figures };
};
