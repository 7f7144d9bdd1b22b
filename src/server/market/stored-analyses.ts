import type { Analysis } from "~/trading/decision/basis/analysis";
import { packAnalysis, unpackAnalysis } from "~/trading/decision/basis/packed-analysis";
import { modeOf } from "~/trading/decision/decide";
import type { Database } from "../db/client";
import type { Prisma } from "../db/prisma";
import type { AnalysisQuestion } from "./analysis-question";

export type StoredAnalysis = { readonly id: string; readonly analysis: Analysis };
export type Answered = { readonly question: AnalysisQuestion; readonly analysis: Analysis };

/** Analyses by the ids of their questions, as far as they are stored. */
export const loadAnalyses = async (
  db: Database,
  questions: readonly AnalysisQuestion[],
): Promise<Map<string, StoredAnalysis>> => {
  const modes = new Map(questions.map(({ id, settings }) => [id, modeOf(settings)]));
  const ids = [...modes.keys()];
  if (ids.length === 0) return new Map();
  const rows = await db.$queryRaw<{ id: string; content: unknown }[]>`
    SELECT id::text, content FROM analyses WHERE id = ANY(${ids}::uuid[])`;
  return new Map(
    rows.flatMap(({ id, content }) => {
      const mode = modes.get(id);
      return mode ? [[id, { id, analysis: unpackAnalysis(content, mode.readings) }] as const] : [];
    }),
  );
};

/**
 * Stores what is not there yet, by whoever comes first: all who ask the same compute the same. In the order of ids, so
 * that two at once never wait for each other in a circle.
 */
export const saveAnalyses = async (db: Database, answered: readonly Answered[]): Promise<void> => {
  if (answered.length === 0) return;
  const sorted = answered.toSorted(({ question: first }, { question: second }) => (first.id < second.id ? -1 : 1));
  await db.analysis.createMany({
    data: sorted.map(({ question: { id, market, settings, questionHash, closedBy }, analysis }) => ({
      id,
      marketId: market.id,
      mode: settings.mode,
      questionHash,
      closedBy: new Date(closedBy),
      content: packAnalysis(analysis) as Prisma.InputJsonObject,
    })),
    skipDuplicates: true,
  });
};
