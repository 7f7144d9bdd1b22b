import type { Candle } from "../../market/candle";
import type { PositionSide } from "../../portfolio/position-side";
import type { Decision, Evidence } from "./decision";

/**
 * What a mode reads in one market at one closed candle, for whoever asks: it knows no position and no owner. Plain JSON.
 * `candle` is the open time (ms UTC) of the decision candle, null where none had closed. `readings` are the mode's own.
 */
export type Analysis<Readings = unknown> = {
  readonly candle: number | null;
  /** What each side scored, where the mode scores both. */
  readonly scores: Scores | null;
  /** Of both sides, without the lines that a position or the settings of one bot add. */
  readonly evidence: readonly Evidence[];
  readonly readings: Readings;
};
type Scores = NonNullable<Decision["scores"]>;

/** What a mode is asked to read. */
export type MarketQuestion<Reads> = {
  /** ms of venue time; what had not closed by then is not read. */
  readonly time: number;
  readonly settings: Reads;
  /** One list for each of the mode's series, closed candles ascending. */
  readonly series: readonly (readonly Candle[])[];
};

/** What a mode is asked to read at many times. */
export type SeriesQuestion<Reads> = Omit<MarketQuestion<Reads>, "time"> & {
  /** ms of venue time, ascending. */
  readonly times: readonly number[];
};

/** The side and the opening (ms of venue time) of what is held. */
type Held = { readonly side: PositionSide; readonly openedAt: number };

/**
 * Why a bot holds, where that is certain without a decision: the code of the reason that its decision would give. Null
 * where it must be decided. By the index of a time.
 */
export type CertainHolds = {
  /** Where it has no position in the market. */
  free(index: number): string | null;
  held(index: number, position: Held): string | null;
};

/** A market that was read at many times. */
export type AnalysedSeries<Settings = unknown, Readings = unknown> = {
  /** By the index of the time. */
  at(index: number): Analysis<Readings>;
  /** Where a mode can tell a hold at less than the price of a decision. */
  holdsBy?(settings: Settings): CertainHolds;
};

/**
 * The lines that a decision has beside its analysis: those of its position or of its bot's own exit rules. Null where it
 * shows nothing of the analysis, as while a mode warms up.
 */
export const ownEvidenceOf = (
  decision: Pick<Decision, "evidence">,
  analysis: Pick<Analysis, "evidence">,
): readonly Evidence[] | null =>
  decision.evidence.length === 0 ? null : decision.evidence.slice(analysis.evidence.length);

/** A decision's evidence as it was: its analysis's and its own. */
export const joinEvidence = (
  analysis: Pick<Analysis, "evidence">,
  own: readonly Evidence[] | null,
): readonly Evidence[] => (own === null ? [] : [...analysis.evidence, ...own]);
