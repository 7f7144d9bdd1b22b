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

/**
 * Whether a bot would ask what it asked before and got an answer to (see isUnmoved of the core). False in a cycle that has
 * asked already, as before its process died.
 */
export const wouldAskTheSame = async (
  db: Database,
  { botId, cycleId }: CycleRef,
  question: ModelQuestion,
): Promise<boolean> => {
  if ((await db.modelCall.count({ where: { cycleId } })) > 0) return false;
  const last = await db.modelCall.findFirst({ where: { botId, state: "replied" }, orderBy: { askedAt: "desc" } });
  return last !== null && faultOfStored(last) === null && isUnmoved(toAnswered(last), question);
};
