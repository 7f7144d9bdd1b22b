import type { PositionSide } from "../../../portfolio/position-side";
import type { Analysis } from "../../basis/analysis";
import type { Evidence } from "../../basis/decision";
import { evidenceOfBoth, isTriggerMetIn, scoreTrinitySide } from "./score-trinity-side";
import { exitSignalsOf, type TrinityReadings } from "./trinity-readings";
import type { TrinitySignals } from "./trinity-signals";

/** An analysis of Trinity, as it is stored, or one of a series, which tells its triggers without its evidence. */
export type TrinityAnalysis = Analysis<TrinityReadings> & {
  readonly triggers?: Readonly<Record<PositionSide, boolean>>;
};

/** Whether any condition of a side's entry category is met. */
export const isTriggerMet = (analysis: TrinityAnalysis, side: PositionSide): boolean =>
  analysis.triggers ? analysis.triggers[side] : isTriggerMetIn(analysis.evidence, side);

/**
 * A decision's evidence: the analysis's and its own. None where it was decided by a series: there it would cost more
 * than all else, and nobody reads it.
 */
export const evidenceOfDecision = (analysis: TrinityAnalysis, own: () => Evidence[]): Evidence[] =>
  analysis.triggers ? [] : [...analysis.evidence, ...own()];

/** What an analysis is made of; `write` finds its evidence. */
export type AnalysisParts = Pick<UnwrittenAnalysis, "candle" | "scores" | "triggers" | "readings"> & {
  readonly write: () => readonly Evidence[];
};

/**
 * An analysis whose evidence is written whenever it is read. A class, because a getter of each object's own would cost
 * more than everything else here.
 */
export class UnwrittenAnalysis implements TrinityAnalysis {
  readonly candle: number;
  readonly scores: Readonly<Record<PositionSide, number>>;
  readonly triggers: Readonly<Record<PositionSide, boolean>>;
  readonly readings: TrinityReadings;
  readonly #write: () => readonly Evidence[];

  constructor({ candle, scores, triggers, readings, write }: AnalysisParts) {
    this.candle = candle;
    this.scores = scores;
    this.triggers = triggers;
    this.readings = readings;
    this.#write = write;
  }

  get evidence(): readonly Evidence[] {
    return this.#write();
  }
}

/** The analysis of what was read over so many candles. */
export const analyseSignals = (signals: TrinitySignals, candles: number): UnwrittenAnalysis => {
  const long = scoreTrinitySide(signals, "long");
  const short = scoreTrinitySide(signals, "short");
  return new UnwrittenAnalysis({
    candle: signals.candle.openTime,
    scores: { long: long.score, short: short.score },
    triggers: { long: long.isTriggerMet, short: short.isTriggerMet },
    readings: { candles, last: exitSignalsOf(signals) },
    write: () => evidenceOfBoth(signals),
  });
};
