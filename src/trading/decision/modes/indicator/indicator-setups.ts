import type { PositionSide } from "../../../portfolio/position-side";
import { beyond, compare, crossing, roundScore, type ConditionReading } from "../../basis/condition-reading";
import type { IndicatorReads } from "./indicator-settings";
import type { IndicatorSignals } from "./indicator-signals";

export type SetupName = "pullback" | "breakout";

/** A setup of one side: its conditions by name, all of which must be met, and what it would score then. */
export type Setup = {
  readonly name: SetupName;
  readonly side: PositionSide;
  readonly conditions: Readonly<Record<string, ConditionReading>>;
  /** 0..1; null where a number that it needs is unknown. */
  readonly score: number | null;
};

/** The lowest RSI of each score, lowest first (TRADING 4): the deeper the pullback, the better. */
const PULLBACK_SCORES = [
  { rsiMax: 20, score: 0.9 },
  { rsiMax: 30, score: 0.8 },
] as const;
const PULLBACK_SCORE = 0.7;

const BREAKOUT_SCORE = 0.6;
const BREAKOUT_SCORE_MAX = 0.8;
/** The lowest and the highest score that each setup can have. */
export const SETUP_SCORES: Readonly<Record<SetupName, { readonly least: number; readonly most: number }>> = {
  pullback: { least: PULLBACK_SCORE, most: PULLBACK_SCORES[0].score },
  breakout: { least: BREAKOUT_SCORE, most: BREAKOUT_SCORE_MAX },
};
/** What a breakout of 1 % adds to its score. */
const SCORE_PER_PERCENT = 0.1;
const DEPTH_ATR_SHARE = 0.5;

const HUNDRED = 100;
/** A short's RSI is read from the other end. */
const mirrored = (rsi: number, side: PositionSide): number => (side === "long" ? rsi : HUNDRED - rsi);

const volumeReading = ({ candle, volumeMean }: IndicatorSignals, { volumeShareMin }: IndicatorReads) =>
  compare(candle.volume, ">=", volumeMean === null ? null : volumeMean * volumeShareMin);

const pullbackScore = ({ rsi14 }: IndicatorSignals, side: PositionSide): number | null => {
  if (rsi14 === null) return null;
  const depth = mirrored(rsi14, side);
  return PULLBACK_SCORES.find(({ rsiMax }) => depth <= rsiMax)?.score ?? PULLBACK_SCORE;
};

const readPullback = (signals: IndicatorSignals, reads: IndicatorReads, side: PositionSide): Setup => {
  const { candle, ema9, ema21, ema50, rsi14 } = signals;
  const operator = side === "long" ? "<" : ">";
  return {
    name: "pullback",
    side,
    conditions: {
      "close-ema50": beyond(side, candle.close, ema50),
      "ema9-ema21": beyond(side, ema9, ema21),
      "rsi-pullback": compare(rsi14, operator, mirrored(reads.pullbackRsiMax, side)),
      "volume-mean": volumeReading(signals, reads),
    },
    score: pullbackScore(signals, side),
  };
};

/** The level that a side breaks: the highest high, or the lowest low, of the 20 candles before the last. */
export const levelOf = ({ now }: Pick<IndicatorSignals, "now">, side: PositionSide): number | null =>
  side === "long" ? now.highest : now.lowest;

const breakoutScore = (signals: IndicatorSignals, side: PositionSide): number | null => {
  const level = levelOf(signals, side);
  if (level === null || level <= 0) return null;
  const percent = (HUNDRED * (signals.now.close - level) * (side === "long" ? 1 : -1)) / level;
  return roundScore(Math.min(BREAKOUT_SCORE_MAX, BREAKOUT_SCORE + Math.max(percent, 0) * SCORE_PER_PERCENT));
};

/** Fresh: the close before was not beyond the level of its own time. */
const freshReading = ({ before, now }: IndicatorSignals, side: PositionSide): ConditionReading => {
  const level = before && (side === "long" ? before.highest : before.lowest);
  const was = beyond(side, before?.close, level).met;
  return crossing(side, { value: now.close, threshold: levelOf({ now }, side) }, was === null ? null : !was);
};

/** So far beyond the level that it is no noise, whatever the volatility: otherwise the share of entries follows that. */
const depthReading = (signals: IndicatorSignals, side: PositionSide): ConditionReading => {
  const { now, atr14 } = signals;
  const level = levelOf(signals, side);
  const sign = side === "long" ? 1 : -1;
  const least = level === null || atr14 === null ? null : level + sign * DEPTH_ATR_SHARE * atr14;
  return beyond(side, now.close, least);
};

const readBreakout = (signals: IndicatorSignals, reads: IndicatorReads, side: PositionSide): Setup => {
  const { now, rsi14 } = signals;
  const operator = side === "long" ? ">" : "<";
  return {
    name: "breakout",
    side,
    conditions: {
      "close-level": beyond(side, now.close, levelOf(signals, side)),
      ...(reads.freshBreakout && {
        "level-fresh": freshReading(signals, side),
        "level-depth": depthReading(signals, side),
      }),
      "rsi-breakout": compare(rsi14, operator, mirrored(reads.breakoutRsiMin, side)),
      "volume-mean": volumeReading(signals, reads),
    },
    score: breakoutScore(signals, side),
  };
};

/** Both setups of both sides. */
export const readSetups = (signals: IndicatorSignals, reads: IndicatorReads): Setup[] =>
  (["long", "short"] as const).flatMap((side) => [
    readPullback(signals, reads, side),
    readBreakout(signals, reads, side),
  ]);

/** Whether all of its conditions are met. */
export const isSetUp = ({ conditions, score }: Setup): boolean =>
  score !== null && Object.values(conditions).every(({ met }) => met === true);
