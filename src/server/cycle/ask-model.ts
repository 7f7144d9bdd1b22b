import { createHash } from "node:crypto";
import { NOTHING_MOVED } from "~/trading/cycle/model-gate";
import { toModelRequest } from "~/trading/cycle/model-question";
import type { LlmSettings } from "~/trading/decision/asking/llm-settings";
import { mayAskFast } from "~/trading/decision/asking/may-ask-fast";
import { replyKeyText, writeRepair, type Prompt } from "~/trading/decision/asking/write-prompt";
import { modelDeadlineMs } from "~/trading/model/model-deadline";
import type { BotContext } from "../bot-context";
import { Prisma } from "../db/prisma";
import { askCall, type AskedCall } from "../models/ask-call";
import { findModelFor, type FoundModel } from "../models/find-model-for";
import type { Ports } from "../ports";
import { StaleCycleError, type CycleRef } from "./cycle-ref";
import { newDesk } from "./desk";
import { renewedLease } from "./lease";
import { loadModelQuestion, type DelimitedQuestion } from "./load-model-question";
import { faultOfStored, judgeReply, type ModelAsked } from "./model-answers";
import { leaveStage } from "./save-stage";
import { startAtDesk } from "./start-at-desk";
import { findAskedBefore, wouldAskTheSame } from "./would-ask-the-same";

/** Nobody was asked yet: as many calls as may be are under way. The stage is tried again after `waitMs`. */
export type ModelWait = { readonly outcome: "wait"; readonly waitMs: number };

type AskPorts = Pick<
  Ports,
  | "db"
  | "newId"
  | "wallNow"
  | "models"
  | "modelOf"
  | "resolveHost"
  | "outside"
  | "marketDataOf"
  | "candles"
  | "contexts"
>;

/** So long a cycle waits for its turn each time, and as a share of the time for an answer in all: slots may be short. */
const WAIT_MS = 2000;
const WAITS_SHARE = 0.6;
/** Turn and answer together: whatever happens, a bot decides or holds within 35 s. */
const ASKED_WITHIN_MS = 34_000;
/** A repair in less time would only be paid and not heard. */
const REPAIR_SHARE = 0.25;

const held = (code: string, text: string, callId: string | null = null): ModelAsked => ({
  outcome: "held",
  code,
  text,
  callId,
});

type Asking = {
  readonly ports: AskPorts;
  readonly cycle: CycleRef;
  readonly context: BotContext;
  readonly question: DelimitedQuestion;
  readonly found: FoundModel;
};

const hashOf = ({ question: { settings, delimiter } }: Asking, prompt: Prompt): string =>
  createHash("sha256")
    .update(replyKeyText(settings.model, prompt, delimiter))
    .digest("hex");

/** One call, of the lease that the cycle renews by it. */
const callOnce = async (
  asking: Asking,
  { prompt, attempt, withinMs }: { readonly prompt: Prompt; readonly attempt: 1 | 2; readonly withinMs: number },
): Promise<Exclude<AskedCall, { outcome: "stale" }>> => {
  const { ports, cycle, context, question, found } = asking;
  const { pairs, facts, settings } = question;
  const asked = await askCall(ports, {
    question: {
      userId: context.userId,
      cycle,
      attempt,
      frameVersion: prompt.frameVersion,
      promptHash: hashOf(asking, prompt),
      prompt: { ...prompt, pairs },
      facts,
    },
    request: toModelRequest(prompt),
    found,
    botBudget: settings.budgetPerDay,
    withinMs,
    held: Prisma.sql`${renewedLease(cycle)} RETURNING bot_id`,
    judge: ({ raw }) => judgeReply(raw, { pairs, facts }),
  });
  if (asked.outcome === "stale") {
    throw new StaleCycleError(`cycle ${cycle.cycleId} no longer holds its bot: it asks nobody`);
  }
  return asked;
};

const faultOf = async ({ ports }: Asking, callId: string): Promise<string | null> =>
  faultOfStored(await ports.db.modelCall.findUniqueOrThrow({ where: { id: callId } }));

/** Asks once more after a reply of which nothing can be used, where there is time. */
const repair = async (
  asking: Asking,
  first: { callId: string; fault: string },
  withinMs: number,
): Promise<ModelAsked> => {
  const { callId, fault } = first;
  if (withinMs <= 0) return held("no-answer", `${fault}; there was no time to ask once more`, callId);
  const prompt = writeRepair(asking.question.prompt, fault);
  const asked = await callOnce(asking, { prompt, attempt: 2, withinMs });
  if (asked.outcome !== "replied") return held("no-answer", `${fault}; asked once more: ${asked.text}`, callId);
  const again = await faultOf(asking, asked.callId);
  if (again === null) return { outcome: "answered", callId: asked.callId };
  return held("no-answer", `${fault}; asked once more: ${again}`, asked.callId);
};

const ask = async (asking: Asking, withinMs: number, waits: number): Promise<ModelAsked | ModelWait> => {
  const startedAt = performance.now();
  const asked = await callOnce(asking, { prompt: asking.question.prompt, attempt: 1, withinMs });
  if (asked.outcome === "busy") {
    const isWaiting = (waits + 1) * WAIT_MS <= Math.min(withinMs * WAITS_SHARE, ASKED_WITHIN_MS - withinMs);
    return isWaiting ? { outcome: "wait", waitMs: WAIT_MS } : held("model-busy", asked.text);
  }
  if (asked.outcome === "held") return asked;
  const { callId } = asked;
  const fault = await faultOf(asking, callId);
  if (fault === null) return { outcome: "answered", callId };
  const leftMs = Math.floor(withinMs - (performance.now() - startedAt));
  return repair(asking, { callId, fault }, leftMs >= withinMs * REPAIR_SHARE ? leftMs : 0);
};

const TOO_FAST = "its market's clock is too fast for a model to answer within a slot";
const NO_CONSENT =
  "its market's clock runs faster than a real one, where its trader has not allowed a model that is paid for each question";

/** How long the model may take, ms of wall time, or why it is not asked at the speed of this market. */
const paceOf = async ({ ports, context }: Prepared, settings: LlmSettings): Promise<number | ModelAsked> => {
  const { venue } = context;
  const clock = await ports.db.venueClock.findUnique({ where: { venueId: venue.id }, select: { speed: true } });
  const speed = clock?.speed ?? 1;
  if (speed > 1 && !mayAskFast(settings)) return held("no-consent", NO_CONSENT);
  const intervalMs = context.settings.intervalSeconds * 1000;
  return modelDeadlineMs({ intervalMs, speed }, ports.models.withinMs) ?? held("no-time", TOO_FAST);
};

type Prepared = Omit<Asking, "question" | "found"> & {
  readonly question: DelimitedQuestion | null;
  readonly waits: number;
};

const askWith = async (at: Prepared): Promise<ModelAsked | ModelWait> => {
  const { ports, cycle, context, question } = at;
  if (question === null) return { outcome: "not-asked" };
  const before = await findAskedBefore(ports.db, cycle);
  // It is paid for, whatever became of its model since.
  if (before?.callId) return { outcome: "answered", callId: before.callId };
  const isSame = before === null && (await wouldAskTheSame(ports.db, cycle, question));
  if (isSame) return held(NOTHING_MOVED.code, NOTHING_MOVED.text);
  const withinMs = await paceOf(at, question.settings);
  if (typeof withinMs !== "number") return withinMs;
  const found = await findModelFor(ports, { userId: context.userId, model: question.settings.model });
  if (found.outcome === "refused") return held(found.code, found.reason);
  return ask({ ...at, question, found }, withinMs, at.waits);
};

/**
 * A stage of its own between portfolio and decisions: asks the bot's model about the markets that are due, once, and keeps
 * what came of it. What it may cost is set aside before, and what an earlier try of the cycle asked is never asked again.
 * `waits`: how often the cycle waited for its turn before.
 */
export const askModel = async (
  ports: AskPorts,
  cycle: CycleRef,
  { desk = newDesk(), waits = 0 }: { readonly desk?: ReturnType<typeof newDesk>; readonly waits?: number } = {},
): Promise<ModelAsked | ModelWait> => {
  const at = await startAtDesk<ModelAsked>(ports, { cycle, stage: "ask-model", desk });
  const { run, context, reading } = at;
  if (at.returned) return at.returned;
  const question = await loadModelQuestion(ports, { cycle, context, books: reading.books });
  const asked = await askWith({ ports, cycle, context, question, waits });
  return asked.outcome === "wait" ? asked : leaveStage(ports.db, run, asked);
};
