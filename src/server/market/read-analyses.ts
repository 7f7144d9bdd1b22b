import { analyse, decisionTimeframes } from "~/trading/decision/decide";
import type { DecisionSeries } from "~/trading/decision/basis/decision-mode";
import type { Candle } from "~/trading/market/candle";
import { invariant } from "~/trading/invariant";
import { lastCandles } from "~/trading/market/candle-range";
import type { Ports } from "../ports";
import type { VenueRef } from "../refs";
import { askAt, askOf, type AnalysisAsk, type AnalysisQuestion } from "./analysis-question";
import { readLastCandles } from "./read-closed-candles";
import { loadAnalyses, saveAnalyses, type Answered, type StoredAnalysis } from "./stored-analyses";

/** The slot of a venue: `slot` in ms of its time. */
type VenueSlot = { readonly venue: VenueRef; readonly slot: number };
type CandlePorts = Pick<Ports, "candles" | "marketDataOf">;
type Series = (question: AnalysisQuestion) => Promise<readonly (readonly Candle[])[]>;

const keyOf = ({ market }: AnalysisAsk, { timeframe }: DecisionSeries): string => `${market.id}:${timeframe}`;

/** Reads each market's timeframe once, as far back as the one that asks for most, and gives each its own part. */
const createSeries = (
  ports: CandlePorts,
  { venue, slot }: VenueSlot,
  questions: readonly AnalysisQuestion[],
): Series => {
  const counts = new Map<string, number>();
  for (const question of questions) {
    for (const wanted of decisionTimeframes(question.settings)) {
      const key = keyOf(question, wanted);
      counts.set(key, Math.max(counts.get(key) ?? 0, wanted.count));
    }
  }
  const reads = new Map<string, Promise<readonly Candle[]>>();
  const readOne = async (question: AnalysisQuestion, wanted: DecisionSeries): Promise<readonly Candle[]> => {
    const key = keyOf(question, wanted);
    const most = { ...wanted, count: counts.get(key) ?? wanted.count, closedBy: slot };
    const reading = reads.get(key) ?? readLastCandles(ports, { ...question.market, venue }, most);
    reads.set(key, reading);
    const { from } = lastCandles({ ...wanted, closedBy: slot });
    return (await reading).filter(({ openTime }) => openTime >= from);
  };
  return (question) => Promise.all(decisionTimeframes(question.settings).map((wanted) => readOne(question, wanted)));
};

/**
 * One analysis for all who ask the same, in the order of `asks`: what is stored is taken, the rest computed and stored.
 * One query reads and one writes, however many ask; candles are read for what is missing, once a market and timeframe.
 * Two at once may compute the same, and store it once. Not for use inside a transaction: who waits would hold it open.
 */
export const readAnalyses = async (
  ports: CandlePorts & Pick<Ports, "db">,
  at: VenueSlot,
  asks: readonly AnalysisAsk[],
): Promise<StoredAnalysis[]> => {
  const questions = asks.map((ask) => askAt(ask, at.slot));
  const distinct = [...new Map(questions.map((question) => [question.id, question])).values()];
  const found = await loadAnalyses(ports.db, distinct);
  const missing = distinct.filter(({ id }) => !found.has(id));
  const seriesOf = createSeries(ports, at, missing);
  const answered = await Promise.all(
    missing.map(async (question): Promise<Answered & { readonly askedId: string }> => {
      const series = await seriesOf(question);
      const analysis = analyse({ settings: question.settings, time: question.closedBy, series });
      return { askedId: question.id, question: askOf(question, series), analysis };
    }),
  );
  await saveAnalyses(ports.db, answered);
  for (const { askedId, question, analysis } of answered) found.set(askedId, { id: question.id, analysis });
  return questions.map(({ id }) => {
    const answer = found.get(id);
    invariant(answer, `the analysis ${id} was neither stored nor computed`);
    return answer;
  });
};
