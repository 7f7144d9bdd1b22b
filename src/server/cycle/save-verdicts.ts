import { planOrder } from "~/trading/cycle/plan-order";
import type { AssessedDecision } from "~/trading/risk/assess-decisions";
import { invariant } from "~/trading/invariant";
import type { BotContext } from "../bot-context";
import { entryOrderId, exitOrderId } from "../books/client-order-id";
import { toColumn, toColumnOrNull } from "../db/amounts";
import type { Transaction } from "../db/client";
import type { Prisma } from "../db/prisma";
import { createOrders } from "../orders/create-orders";
import type { CycleRef } from "./cycle-ref";
import type { StoredDecision } from "./load-decisions";

type Saving = {
  readonly context: BotContext;
  readonly cycle: CycleRef;
  readonly newId: () => string;
  readonly stored: readonly StoredDecision[];
};

/** A decision that asked for an order, with its verdict and the id of its row. */
type Asked = {
  readonly assessed: AssessedDecision;
  readonly verdict: NonNullable<AssessedDecision["verdict"]>;
  readonly stored: StoredDecision;
};

const toIntent = (
  { context, cycle, newId }: Saving,
  { assessed, stored }: Asked,
): Prisma.OrderIntentCreateManyInput => {
  const order = planOrder(assessed);
  invariant(order, "only an order that passed becomes an intent");
  const common = {
    id: newId(),
    botId: context.botId,
    cycleId: cycle.cycleId,
    decisionId: stored.id,
    marketId: order.marketId,
    purpose: order.purpose,
    kind: order.kind,
    side: order.side,
    positionSide: order.positionSide,
    quantity: toColumn(order.quantity),
    leverage: toColumn(order.leverage),
    intendedAt: new Date(cycle.slot),
  };
  if (order.purpose === "exit") {
    const positionId = order.position.id;
    const clientOrderId = exitOrderId({ positionId, kind: `decision:${cycle.slot}`, n: 0 });
    return { ...common, positionId, clientOrderId };
  }
  return {
    ...common,
    clientOrderId: entryOrderId({ botId: context.botId, slot: cycle.slot, pair: order.pair, leg: 0 }),
    stopLoss: toColumnOrNull(order.stopLoss),
    takeProfit: toColumnOrNull(order.takeProfit),
    decidedCandle: order.decidedCandle === null ? null : new Date(order.decidedCandle),
  };
};

/** Stores the verdict on each decision that asked for an order, and for approved ones an intent and a pending order. */
export const saveVerdicts = async (
  tx: Transaction,
  saving: Saving,
  assessed: readonly AssessedDecision[],
): Promise<void> => {
  const rows = new Map(saving.stored.map((row) => [row.marketId, row]));
  const asked = assessed.flatMap((result): Asked[] => {
    if (result.verdict === null) return [];
    const stored = rows.get(result.marketId);
    invariant(stored, `market ${result.marketId} was judged without a stored decision`);
    return [{ assessed: result, verdict: result.verdict, stored }];
  });
  if (asked.length === 0) return;
  await tx.verdict.createMany({
    data: asked.map(({ assessed: { order }, verdict, stored }) => ({
      decisionId: stored.id,
      botId: saving.context.botId,
      slot: new Date(saving.cycle.slot),
      outcome: verdict.outcome,
      rule: verdict.rule,
      reason: verdict.reason,
      quantity: order ? toColumn(order.quantity) : null,
      checks: verdict.checks as unknown as Prisma.InputJsonValue,
    })),
  });
  const intents = asked.filter(({ assessed: { order } }) => order !== null).map((each) => toIntent(saving, each));
  await tx.orderIntent.createMany({ data: intents });
  const accountId = saving.context.account.id;
  await createOrders(
    tx,
    intents.map((intent) => ({ orderId: saving.newId(), accountId, intent })),
  );
};
