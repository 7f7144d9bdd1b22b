import { createHash } from "node:crypto";
import type { ModeSettings } from "~/trading/decision/basis/decision-mode";
import { analysedSettings, analysisTime, decisionTimeframes } from "~/trading/decision/decide";
import type { Candle } from "~/trading/market/candle";
import { floorToGrid, timeframeMs } from "~/trading/market/timeframe";
import type { BotMarket } from "../bot-context";

/** What is asked of one market: that a mode reads it by these settings. */
export type AnalysisAsk = { readonly market: BotMarket; readonly settings: ModeSettings };

/** An ask at a slot: all that agree in its id are the same question. */
export type AnalysisQuestion = AnalysisAsk & {
  readonly id: string;
  readonly questionHash: string;
  /** ms of venue time: candles that closed by then are read. */
  readonly closedBy: number;
};

/** JSON with its names in order: equal for equal values. */
const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value ?? null);
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  const sorted = entries.toSorted(([first], [second]) => (first < second ? -1 : 1));
  return `{${sorted.map(([name, each]) => `${JSON.stringify(name)}:${canonical(each)}`).join(",")}}`;
};

/** Raised when a mode reads or keeps something else than before: what was stored until then is not taken for it. */
const ANALYSIS_VERSION = 1;

const hash = (text: string): string => createHash("sha256").update(text).digest("hex");

/** A UUID made of a hash (version 8): whoever asks the same has the same id. */
const uuidOf = (hex: string): string =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;

type Asked = AnalysisAsk & { readonly closedBy: number };

const toQuestion = (asked: Asked, missing: readonly (number | null)[] | null): AnalysisQuestion => {
  const { market, settings, closedBy } = asked;
  const questionHash = hash(canonical({ version: ANALYSIS_VERSION, settings: analysedSettings(settings), missing }));
  const id = uuidOf(hash([market.id, settings.mode, questionHash, closedBy].join(":")));
  return { market, settings, closedBy, questionHash, id };
};

/** The question of an ask at a slot, where every series reaches to its last close: then its answer never changes. */
export const askAt = ({ market, settings }: AnalysisAsk, slot: number): AnalysisQuestion =>
  toQuestion({ market, settings, closedBy: analysisTime(settings, slot) }, null);

/**
 * The question that was really asked of these candles, one list a series. A venue may confirm its newest candle a
 * moment late: who read without it asked something else than who reads after it.
 */
export const askOf = (question: AnalysisQuestion, series: readonly (readonly Candle[])[]): AnalysisQuestion => {
  const newest = series.map((candles) => candles.at(-1)?.openTime ?? null);
  const isWhole = decisionTimeframes(question.settings).every(({ timeframe }, index) => {
    const step = timeframeMs(timeframe);
    return newest[index] === floorToGrid(question.closedBy, step) - step;
  });
  return isWhole ? question : toQuestion(question, newest);
};
