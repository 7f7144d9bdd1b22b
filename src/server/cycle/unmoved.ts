import { isDeepStrictEqual } from "node:util";
import type { ModelQuestion } from "~/trading/cycle/model-question";
import type { Fact } from "~/trading/decision/asking/fact";
import { modelNameOf } from "~/trading/decision/asking/llm-settings";
import { movedFacts } from "~/trading/decision/asking/moved-facts";
import type { Database } from "../db/client";
import type { Prisma } from "../db/prisma";
import type { CycleRef } from "./cycle-ref";
import { faultOfStored } from "./model-answers";

/** What else than the facts makes another question: frame, strategy and the form of the answer. */
const standing = ({ system, tool, frameVersion }: ModelQuestion["prompt"]): unknown =>
  JSON.parse(JSON.stringify({ system, tool, frameVersion }));

const standingIn = (stored: Prisma.JsonValue): unknown => {
  const { system, tool, frameVersion } = stored as Prisma.JsonObject;
  return { system, tool, frameVersion };
};

/**
 * Whether a bot would ask what it asked before and got an answer to: nothing has moved of what the prompt shows, and it
 * asks the same model in the same words. False in a cycle that has asked already, as before its process died.
 */
export const isUnmoved = async (
  db: Database,
  { botId, cycleId }: CycleRef,
  question: ModelQuestion,
): Promise<boolean> => {
  if ((await db.modelCall.count({ where: { cycleId } })) > 0) return false;
  const last = await db.modelCall.findFirst({ where: { botId, state: "replied" }, orderBy: { askedAt: "desc" } });
  const { provider, id } = modelNameOf(question.settings);
  if (!last || last.provider !== provider || last.model !== id || faultOfStored(last) !== null) return false;
  return (
    isDeepStrictEqual(standingIn(last.prompt), standing(question.prompt)) &&
    movedFacts(last.facts as unknown as readonly Fact[], question.facts).length === 0
  );
};
