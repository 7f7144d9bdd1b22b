import { z } from "zod";
import type { TrailReading } from "../../../portfolio/trail-reading";
import type { PositionSide } from "../../../portfolio/position-side";
import type { AnalysedSeries, Analysis, MarketQuestion, SeriesQuestion } from "../../basis/analysis";
import type { Evidence } from "../../basis/decision";
import { toEvidence } from "../../basis/condition-reading";
import { isSetUp, levelOf, readSetups, type Setup } from "./indicator-setups";
import type { IndicatorReads } from "./indicator-settings";
import { readIndicatorSeries } from "./indicator-series";
import { readIndicatorSignals, type IndicatorSignals } from "./indicator-signals";

const setUpSchema = z.object({ name: z.enum(["pullback", "breakout"]), score: z.number() });

/** What an analysis of the mode keeps beside its evidence: what entries, exits and trails compare by, exact. */
export const indicatorReadingsSchema = z.object({
  /** Closed decision candles since the last long outage. */
  candles: z.number().int(),
  last: z
    .object({
      close: z.number(),
      rsi14: z.number().nullable(),
      atr14: z.number().nullable(),
      supertrend: z.object({ direction: z.enum(["up", "down"]), value: z.number() }).nullable(),
      levels: z.object({ long: z.number().nullable(), short: z.number().nullable() }),
      /** The setups of each side whose conditions are all met. */
      setups: z.object({ long: z.array(setUpSchema), short: z.array(setUpSchema) }),
    })
    .nullable(),
});
export type IndicatorReadings = z.infer<typeof indicatorReadingsSchema>;
export type IndicatorRead = NonNullable<IndicatorReadings["last"]>;

const evidenceOf = (setup: Setup): Evidence[] => {
  const score = setup.score ?? 0;
  const counts = isSetUp(setup);
  return Object.entries(setup.conditions).map(([condition, reading], index) =>
    // The setup counts as a whole, on its first line.
    toEvidence(reading, {
      side: setup.side,
      category: setup.name,
      condition,
      weight: index === 0 ? score : 0,
      contribution: index === 0 && counts ? score : 0,
    }),
  );
};

const setUps = (setups: readonly Setup[], side: PositionSide): IndicatorRead["setups"]["long"] =>
  setups
    .filter((setup) => setup.side === side && isSetUp(setup))
    .map(({ name, score }) => ({ name, score: score ?? 0 }));

const bestOf = (setups: IndicatorRead["setups"]["long"]): number => Math.max(0, ...setups.map(({ score }) => score));

const readLast = (signals: IndicatorSignals, setups: readonly Setup[]): IndicatorRead => ({
  close: signals.candle.close,
  rsi14: signals.rsi14,
  atr14: signals.atr14,
  supertrend: signals.supertrend,
  levels: { long: levelOf(signals, "long"), short: levelOf(signals, "short") },
  setups: { long: setUps(setups, "long"), short: setUps(setups, "short") },
});

const NOTHING_READ: Analysis<IndicatorReadings> = {
  candle: null,
  scores: null,
  evidence: [],
  readings: { candles: 0, last: null },
};

const analyseSignals = (signals: IndicatorSignals | null, reads: IndicatorReads): Analysis<IndicatorReadings> => {
  if (signals === null) return NOTHING_READ;
  const setups = readSetups(signals, reads);
  const last = readLast(signals, setups);
  return {
    candle: signals.candle.openTime,
    scores: { long: bestOf(last.setups.long), short: bestOf(last.setups.short) },
    evidence: setups.flatMap(evidenceOf),
    readings: { candles: signals.candles, last },
  };
};

/** What the mode reads in a market at a time (TRADING 4): pullback and breakout of both sides, with their evidence. */
export const analyseIndicator = ({
  time,
  settings: reads,
  series: [candles = []],
}: MarketQuestion<IndicatorReads>): Analysis<IndicatorReadings> =>
  analyseSignals(readIndicatorSignals(candles, { timeframe: reads.timeframe, time }), reads);

/** The same at many times, by their index: see DecisionMode. */
export const analyseIndicatorSeries = ({
  times,
  settings: reads,
  series: [candles = []],
}: SeriesQuestion<IndicatorReads>): AnalysedSeries<unknown, IndicatorReadings> => {
  const signalsOf = readIndicatorSeries(candles, { timeframe: reads.timeframe, times });
  return { at: (index) => analyseSignals(signalsOf(index), reads) };
};

export const indicatorTrail = ({ last }: IndicatorReadings): TrailReading | null =>
  last && { close: last.close, atr14: last.atr14, supertrend: last.supertrend };
