import { createHash } from "node:crypto";
import type { TriedSettings } from "~/contracts/strategy-trial";
import { toModelRequest } from "~/trading/cycle/model-question";
import { PLAIN_DELIMITER, replyKeyText, writeAgain, type Prompt } from "~/trading/decision/asking/write-prompt";
import { judgeReply } from "../cycle/model-answers";
import { askCall, type AskedCall } from "../models/ask-call";
import { findModelFor, type FoundModel } from "../models/find-model-for";
import { readStoredQuestion, type StoredQuestion } from "../models/stored-question";
import type { Ports } from "../ports";
import { requireOwnBot, type OwnedBot } from "../tenant/find-own";
import { notFound } from "../tenant/not-found";

type TryPorts = Pick<Ports, "db" | "newId" | "wallNow" | "models" | "modelOf" | "resolveHost">;
type Trial = OwnedBot & {
  readonly trialId: string;
  readonly callId: string;
  readonly decision: TriedSettings;
};

/** `callId` null: nobody was asked, and `text` says why. */
export type AskedAgain = { readonly callId: string | null; readonly text: string | null };

const hashOf = (model: string, prompt: Prompt): string =>
  createHash("sha256")
    .update(replyKeyText(model, prompt, PLAIN_DELIMITER))
    .digest("hex");

const findQuestion = async ({ db }: TryPorts, { userId, botId, callId }: Trial): Promise<StoredQuestion> => {
  await requireOwnBot(db, { userId, botId });
  const call = await db.modelCall.findFirst({ where: { id: callId, userId, botId, state: "replied" } });
  const question = call && readStoredQuestion(call);
  if (!question) throw notFound("question");
  return question;
};

const UNDER_WAY = "It is being asked already: try again in a minute to see what came of it.";

/** The same trial, sent before: it is not asked again. */
const findEarlier = async ({ db }: TryPorts, { userId, trialId }: Trial): Promise<AskedAgain | null> => {
  const call = await db.modelCall.findFirst({
    where: { id: trialId, userId, botId: null },
    select: { id: true, state: true, reason: true },
  });
  if (call === null) return null;
  return { callId: call.id, text: call.state === "reserved" ? UNDER_WAY : call.reason };
};

type Prepared = { readonly trial: Trial; readonly found: FoundModel; readonly question: StoredQuestion };

const ask = (ports: TryPorts, { trial, found, question }: Prepared): Promise<AskedCall> => {
  const { userId, trialId, decision } = trial;
  const { pairs, facts } = question;
  const prompt = writeAgain(decision, question);
  return askCall(ports, {
    id: trialId,
    question: {
      userId,
      cycle: null,
      attempt: 1,
      frameVersion: prompt.frameVersion,
      promptHash: hashOf(decision.model, prompt),
      prompt: { ...prompt, pairs },
      facts,
    },
    request: toModelRequest(prompt),
    found,
    botBudget: null,
    withinMs: ports.models.withinMs,
    judge: ({ raw }) => judgeReply(raw, { pairs, facts }),
  });
};

const toAsked = (asked: AskedCall): AskedAgain => {
  if (asked.outcome === "replied") return { callId: asked.callId, text: null };
  if (asked.outcome === "held") return { callId: asked.callId, text: asked.text };
  return { callId: null, text: asked.outcome === "busy" ? asked.text : "it was not asked" };
};

/**
 * Asks a question of a bot's past once more, by other settings: what its model would have answered then. It is a call of
 * its user, paid within the budgets of user and deployment, and of no cycle: nothing is decided by it. Throws AppError.
 */
export const tryStrategy = async (ports: TryPorts, trial: Trial): Promise<AskedAgain> => {
  const question = await findQuestion(ports, trial);
  const earlier = await findEarlier(ports, trial);
  if (earlier) return earlier;
  const { userId, decision } = trial;
  const found = await findModelFor(ports, { userId, model: decision.model });
  if (found.outcome === "refused") return { callId: null, text: found.reason };
  try {
    return toAsked(await ask(ports, { trial, found, question }));
  } catch (error) {
    // Sent twice at once: the other one asks.
    const other = await findEarlier(ports, trial);
    if (other === null) throw error;
    return other;
  }
};
