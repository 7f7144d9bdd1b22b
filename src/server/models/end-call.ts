import type { ModelOutcome } from "~/trading/model/model-call";
import { costOf } from "~/trading/model/cost-of";
import type { ModelFault } from "~/trading/model/model-fault";
import type { ModelPrice } from "~/trading/model/model-price";
import { decimal } from "~/trading/money";
import { postModelCost } from "~/trading/portfolio/ledger";
import { appendLedger } from "../books/ledger";
import { toColumn, toColumnOrNull } from "../db/amounts";
import type { Transaction } from "../db/client";
import { inTransaction } from "../db/in-transaction";
import { tellUser } from "../live/tell-user";
import type { Ports } from "../ports";
import { BREAKER, type CallVerdict } from "./call";
import { storableJson } from "./storable-json";

/** What models cost is in this currency, whatever a bot trades in. */
const CURRENCY = "USD";
/** Of what a reply calls its model, and why it stopped. */
const NAME_MAX = 200;

/** What a model's own troubles are: another key or question would have met the same. */
const ILL: ReadonlySet<ModelFault> = new Set<ModelFault>([
  "refused-unreachable",
  "refused-overloaded",
  "lost-time",
  "lost-connection",
  "lost-server",
  "lost-not-a-reply",
  "lost-cut",
]);

type Ended = Readonly<Record<string, unknown>> & { readonly state: "replied" | "refused" | "lost" };
type Health = "well" | "ill" | "nothing";

/** What came of a call. `verdict`: of a reply. */
export type CallEnd = {
  readonly outcome: ModelOutcome;
  readonly price: ModelPrice;
  readonly verdict: CallVerdict | null;
  /** It had less time than the deployment gives: that it came to nothing in that is its asker's own doing. */
  readonly isHurried?: boolean;
};

/** What a reply says to have cost; null where it does not say: then all that was set aside is charged. */
const usageOf = (reply: Extract<ModelOutcome, { outcome: "replied" }>["reply"], price: ModelPrice) => {
  const { usage } = reply;
  if (usage === null) return { cost: null };
  return {
    cost: toColumnOrNull(costOf(usage, price)),
    input_tokens: usage.inputTokens,
    cache_read_tokens: usage.cacheReadTokens,
    cache_write_tokens: usage.cacheWriteTokens,
    output_tokens: usage.outputTokens,
  };
};

const toEnded = ({ outcome, price, verdict }: CallEnd): Ended => {
  const facts = { request_id: outcome.requestId, tries: outcome.tries, latency_ms: Math.round(outcome.latencyMs) };
  if (outcome.outcome !== "replied") {
    const { fault, reason } = outcome;
    return { state: outcome.outcome, fault, reason, ...facts };
  }
  const { raw, servedModel, stopReason } = outcome.reply;
  return {
    state: "replied",
    raw,
    served_model: servedModel.slice(0, NAME_MAX),
    stop_reason: stopReason?.slice(0, NAME_MAX) ?? null,
    verdict,
    ...usageOf(outcome.reply, price),
    ...facts,
  };
};

const healthOf = ({ outcome, isHurried = false }: CallEnd): Health => {
  if (outcome.outcome === "replied") return "well";
  if (isHurried && outcome.fault === "lost-time") return "nothing";
  return ILL.has(outcome.fault) ? "ill" : "nothing";
};

type Row = {
  readonly id: string | null;
  readonly userId: string;
  readonly botId: string | null;
  readonly slot: Date | null;
  readonly cost: string;
  readonly reserve: string;
};

/** A vendor may ask for more than anybody could have told: it is paid, and somebody has to look. */
const tellDearer = async (tx: Transaction, newId: () => string, row: Row): Promise<void> => {
  if (decimal(row.cost).lte(row.reserve)) return;
  await tellUser(
    tx,
    { id: newId(), userId: row.userId, botId: row.botId },
    {
      key: `model-dearer:${row.id}`,
      kind: "error",
      severity: "warning",
      message: `A model's answer cost $${decimal(row.cost).toFixed()}, more than the $${decimal(row.reserve).toFixed()} that it should cost at most. Check the provider's prices.`,
    },
  );
};

/** Ends a call once, and posts what it cost to its bot's ledger; whether it had not ended before. */
const end = (
  { db, newId, wallNow }: Pick<Ports, "db" | "newId" | "wallNow">,
  callId: string,
  { ended, health }: { readonly ended: Ended; readonly health: Health },
): Promise<boolean> =>
  inTransaction(db, async (tx) => {
    const json = storableJson({ ...ended, id: callId, answered_at: new Date(wallNow()) });
    const [row] = await tx.$queryRaw<Row[]>`
      SELECT c.id::text, c.user_id::text AS "userId", c.bot_id::text AS "botId", c.slot, c.cost::text, c.reserve::text
      FROM end_model_call(${json}::jsonb, ${health}, ${JSON.stringify(BREAKER)}::jsonb) c`;
    if (!row || row.id === null) return false;
    const cost = decimal(row.cost);
    if (row.botId !== null && row.slot !== null && !cost.isZero()) {
      const posting = postModelCost({ callId, at: row.slot.getTime(), cost: decimal(toColumn(cost)) });
      await appendLedger(tx, posting, { botId: row.botId, currency: CURRENCY });
    }
    await tellDearer(tx, newId, row);
    return true;
  });

type EndPorts = Pick<Ports, "db" | "newId" | "wallNow">;

/** Stores what came of a call and pays it. Once: where it ended before, as lost, that stays. */
export const endCall = (ports: EndPorts, callId: string, came: CallEnd): Promise<boolean> =>
  end(ports, callId, { ended: toEnded(came), health: healthOf(came) });

export const REPLY_LOST = "The reply was lost: the call may have been paid, so it is not repeated.";

/** Ends a call of which nobody can say what came: whoever asked it is gone. */
export const loseCall = (ports: EndPorts, callId: string): Promise<boolean> =>
  end(ports, callId, { ended: { state: "lost", fault: "lost-asker", reason: REPLY_LOST }, health: "nothing" });
