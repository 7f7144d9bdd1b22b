import type { Analysis } from "~/trading/decision/basis/analysis";
import { packAnalysis, unpackAnalysis } from "~/trading/decision/basis/packed-analysis";
import { modeOf } from "~/trading/decision/decide";
import type { Database } from "../db/client";
import type { Prisma } from "../db/prisma";
import type { AnalysisQuestion } from "./analysis-question";
import { createRowMemory } from "./create-row-memory";

export type StoredAnalysis = { readonly id: string; readonly analysis: Analysis };
export type Answered = { readonly question: AnalysisQuestion; readonly analysis: Analysis };

/** Those of the newest candles; one that was dropped is read again. */
const ANALYSES_MAX = 500;
const memoryOf = createRowMemory<StoredAnalysis>(ANALYSES_MAX);

/** Analyses by the ids of their questions, as far as they are stored. One never changes: it is read once, for all bots. */
export const loadAnalyses = async (
  db: Database,
  questions: readonly AnalysisQuestion[],
): Promise<Map<string, StoredAnalysis>> => {
  const memory = memoryOf(db);
  const found = new Map<string, StoredAnalysis>();
  const missing = new Map<string, ReturnType<typeof modeOf>>();
  for (const { id, settings } of questions) {
    const known = memory.get(id);
    if (known) found.set(id, known);
    else missing.set(id, modeOf(settings));
  }
  if (missing.size === 0) return found;
  const rows = await db.$queryRaw<{ id: string; content: unknown }[]>`
    SELECT id::text, content FROM analyses WHERE id = ANY(${[...missing.keys()]}::uuid[])`;
  for (const { id, content } of rows) {
    const mode = missing.get(id);
    if (!mode) continue;
    const stored = { id, analysis: unpackAnalysis(content, mode.readings) };
    memory.add(id, stored);
    found.set(id, stored);
  }
  return found;
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
  for (const { question, analysis } of sorted) memoryOf(db).add(question.id, { id: question.id, analysis });
};
