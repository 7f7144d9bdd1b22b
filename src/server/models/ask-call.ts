import { costAtMost } from "~/trading/model/cost-at-most";
import type { ModelOutcome, ModelReply, ModelRequest } from "~/trading/model/model-call";
import { decimal, toPlain } from "~/trading/money";
import type { Prisma } from "../db/prisma";
import type { Ports } from "../ports";
import { reportFailure } from "../report-failure";
import type { CallQuestion, CallVerdict } from "./call";
import { endCall, loseCall, REPLY_LOST, type CallEnd } from "./end-call";
import type { FoundModel } from "./find-model-for";
import { reserveCall, type Reservation } from "./reserve-call";

export type CallPorts = Pick<Ports, "db" | "newId" | "wallNow" | "models">;

export type Asking = {
  /** Of the call, where its asker names it; else a new one. */
  readonly id?: string;
  readonly question: CallQuestion;
  readonly request: ModelRequest;
  readonly found: FoundModel;
  readonly botBudget: string | null;
  readonly withinMs: number;
  /** Locks what must still be the caller's. */
  readonly held?: Prisma.Sql;
  /** What is said of a reply, before it is stored. */
  readonly judge: (reply: ModelReply) => CallVerdict | null;
};

/**
 * What came of asking. `replied`: its reply is stored, now or by an earlier try. `held`: there is none, and why. `busy`: not
 * asked yet. `stale`: the caller does not have any more what it held.
 */
export type AskedCall =
  | { readonly outcome: "replied"; readonly callId: string }
  | { readonly outcome: "held"; readonly code: string; readonly text: string; readonly callId: string | null }
  | { readonly outcome: "busy"; readonly text: string }
  | { readonly outcome: "stale" };

type OverBudget = Extract<Reservation, { outcome: "over-budget" }>;

const WHOSE: Readonly<Record<OverBudget["scope"], string>> = {
  bot: "this bot",
  user: "all bots of your account",
  system: "all users together",
};

const BUSY: Readonly<Record<"breaker" | "rate" | "at-once", string>> = {
  breaker: "the model failed several times in a row, so it is left alone for a minute",
  rate: "the model is asked as often as it may be in a minute",
  "at-once": "as many calls of models are under way as may be",
};

/** As the database writes it, without the zeros to its last digit. */
const dollars = (amount: string): string => `$${toPlain(decimal(amount))}`;

const overBudget = ({ scope, spent, most }: OverBudget, reserve: string): AskedCall => ({
  outcome: "held",
  code: "over-budget",
  text:
    `the budget of ${WHOSE[scope]} is ${dollars(most)} a day (UTC): ${dollars(spent)} of it are spent or set aside, and ` +
    `this call may cost up to ${dollars(reserve)}`,
  callId: null,
});

/** The call of an earlier try of the same cycle: its reply is used, and one that nobody got is lost. */
const takeEarlier = async (
  ports: CallPorts,
  { callId, state }: Extract<Reservation, { outcome: "asked-before" }>,
): Promise<AskedCall> => {
  if (state === "reserved") await loseCall(ports, callId);
  // As it is now: whoever asked may have ended it meanwhile.
  const call = await ports.db.modelCall.findUniqueOrThrow({ where: { id: callId } });
  if (call.state === "replied") return { outcome: "replied", callId };
  return { outcome: "held", code: `model-${call.state}`, text: call.reason ?? REPLY_LOST, callId };
};

/** What throws was never sent: it is a fault of ours. */
const send = async ({ found, request, withinMs }: Asking): Promise<ModelOutcome> => {
  try {
    return await found.model.ask(request, withinMs);
  } catch (error) {
    // Without its message, which might show the key.
    reportFailure("model", error);
    const reason = "The question could not be sent. This is a fault of 0xBot's.";
    return { outcome: "refused", fault: "refused-request", reason, requestId: null, tries: 0, latencyMs: 0 };
  }
};

const ENDS_MAX = 3;
const PAUSE_MS = 300;

/** What was paid is stored though the database is away for a moment. */
const endSurely = async (ports: CallPorts, callId: string, came: CallEnd): Promise<boolean> => {
  for (let tries = 1; ; tries++) {
    try {
      return await endCall(ports, callId, came);
    } catch (error) {
      if (tries >= ENDS_MAX) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * tries));
    }
  }
};

const callNow = async (ports: CallPorts, asking: Asking, callId: string): Promise<AskedCall> => {
  const outcome = await send(asking);
  const verdict = outcome.outcome === "replied" ? asking.judge(outcome.reply) : null;
  const isHurried = asking.withinMs < ports.models.withinMs;
  const isEnded = await endSurely(ports, callId, { outcome, price: asking.found.price, verdict, isHurried });
  if (!isEnded) return takeEarlier(ports, { outcome: "asked-before", callId, state: "lost" });
  if (outcome.outcome === "replied") return { outcome: "replied", callId };
  return { outcome: "held", code: `model-${outcome.outcome}`, text: outcome.reason, callId };
};

/**
 * Asks a model once for a cycle: what it may cost is set aside, then it is called, then what came of it is stored and paid.
 * No transaction and no connection is held while it answers. What an earlier try asked is never asked again.
 */
export const askCall = async (ports: CallPorts, asking: Asking): Promise<AskedCall> => {
  const { question, request, found, botBudget, withinMs, held } = asking;
  const reserve = costAtMost(request, found.price);
  if (reserve === null) {
    const text = `no price of ${found.traits.id} is known for a question of this length`;
    return { outcome: "held", code: "model-no-price", text, callId: null };
  }
  const id = asking.id ?? ports.newId();
  const { provider, id: model } = found.traits;
  const { place, isShared } = found;
  const asked = { ...question, id, provider, model, place, isShared, reserve, botBudget, withinMs };
  const reserved = await reserveCall(ports, asked, held);
  if (reserved === null) return { outcome: "stale" };
  if (reserved.outcome === "asked-before") return takeEarlier(ports, reserved);
  if (reserved.outcome === "over-budget") return overBudget(reserved, reserve.toFixed());
  if (reserved.outcome === "busy") return { outcome: "busy", text: BUSY[reserved.why] };
  return callNow(ports, asking, id);
};
