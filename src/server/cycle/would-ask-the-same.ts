import { z } from "zod";
import { isUnmoved, type AnsweredQuestion } from "~/trading/cycle/model-gate";
import type { ModelQuestion } from "~/trading/cycle/model-question";
import type { Fact } from "~/trading/decision/asking/fact";
import type { Database } from "../db/client";
import type { ModelCall } from "../db/prisma";
import type { CycleRef } from "./cycle-ref";
import { faultOfStored } from "./model-answers";

/** What of a stored prompt says whether it would be the same again. */
const standingSchema = z.object({ frameVersion: z.number(), system: z.array(z.string()), pairs: z.array(z.string()) });

const toAnswered = ({ provider, model, prompt, facts }: ModelCall): AnsweredQuestion => {
  const { pairs, ...standing } = standingSchema.parse(prompt);
  const settings = { model: `${provider}/${model}` };
  return { pairs, prompt: standing, settings, facts: facts as unknown as readonly Fact[] };
};

/** What an earlier try of a cycle left. `callId`: of the answer that it got; null: it got none, or none of use. */
export const findAskedBefore = async (
  db: Database,
  { cycleId }: CycleRef,
): Promise<{ readonly callId: string | null } | null> => {
  const calls = await db.modelCall.findMany({ where: { cycleId }, orderBy: { attempt: "asc" } });
  const answered = calls.find((call) => call.state === "replied" && faultOfStored(call) === null);
  return calls.length === 0 ? null : { callId: answered?.id ?? null };
};

/** An answer counts for nothing whose cycle died, or failed, before it had done what it says. */
const wasFollowed = async (db: Database, { cycleId }: Pick<ModelCall, "cycleId">): Promise<boolean> =>
  cycleId !== null && (await db.cycle.count({ where: { id: cycleId, status: "done" } })) > 0;

/** Whether a bot would ask what it asked before (see isUnmoved of the core), got an answer to, and followed. */
export const wouldAskTheSame = async (
  db: Database,
  { botId }: Pick<CycleRef, "botId">,
  question: ModelQuestion,
): Promise<boolean> => {
  const last = await db.modelCall.findFirst({ where: { botId, state: "replied" }, orderBy: { askedAt: "desc" } });
  if (last === null || faultOfStored(last) !== null || !isUnmoved(toAnswered(last), question)) return false;
  return wasFollowed(db, last);
};
