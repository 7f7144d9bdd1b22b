import type { AssessedDecision } from "~/trading/risk/assess-decisions";
import { entrySideOf, exitSideOf } from "~/trading/execution/fill-market-order";
import { invariant } from "~/trading/invariant";
import { decimal } from "~/trading/money";
import type { BotContext } from "../bots/bot-context";
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

type Passed = { readonly assessed: AssessedDecision; readonly stored: StoredDecision };

const toIntent = (
  { context, cycle, newId }: Saving,
  { assessed, stored }: Passed,
): Prisma.OrderIntentCreateManyInput => {
  const { order, decision } = assessed;
  invariant(order, "only an order that passed becomes an intent");
  const common = {
    id: newId(),
    botId: context.botId,
    cycleId: cycle.cycleId,
    decisionId: stored.id,
    marketId: stored.marketId,
    quantity: toColumn(order.quantity),
    intendedAt: new Date(cycle.slot),
  };
  if (order.position) {
    const { position } = order;
    return {
      ...common,
      positionId: position.id,
      clientOrderId: exitOrderId({ positionId: position.id, kind: `decision:${cycle.slot}`, n: 0 }),
      purpose: "exit",
      kind: decision.reason.code,
      side: exitSideOf(position.side),
      positionSide: position.side,
      leverage: toColumn(position.leverage),
    };
  }
  invariant(decision.side, "an entry has a side");
  return {
    ...common,
    clientOrderId: entryOrderId({ botId: context.botId, slot: cycle.slot, pair: decision.pair, leg: 0 }),
    purpose: "entry",
    kind: "market",
    side: entrySideOf(decision.side),
    positionSide: decision.side,
    leverage: toColumn(decimal(decision.leverage ?? 1)),
    stopLoss: toColumnOrNull(order.stopLoss),
    takeProfit: toColumnOrNull(order.takeProfit),
    decidedCandle: decision.decidedCandle === null ? null : new Date(decision.decidedCandle),
  };
};

/** Stores the verdict on each decision that asked for an order, and an intent with its pending order where one passed. */
export const saveVerdicts = async (
  tx: Transaction,
  saving: Saving,
  assessed: readonly AssessedDecision[],
): Promise<void> => {
  const pairs = assessed.flatMap((result): Passed[] => {
    const stored = saving.stored.find(({ decision }) => decision.pair === result.decision.pair);
    return stored && result.verdict ? [{ assessed: result, stored }] : [];
  });
  if (pairs.length === 0) return;
  await tx.verdict.createMany({
    data: pairs.map(({ assessed: { verdict, order }, stored }) => ({
      decisionId: stored.id,
      botId: saving.context.botId,
      slot: new Date(saving.cycle.slot),
      outcome: verdict?.outcome ?? "rejected",
      rule: verdict?.rule ?? null,
      reason: verdict?.reason ?? "",
      quantity: order ? toColumn(order.quantity) : null,
      checks: (verdict?.checks ?? []) as unknown as Prisma.InputJsonValue,
    })),
  });
  const intents = pairs.filter(({ assessed: { order } }) => order !== null).map((passed) => toIntent(saving, passed));
  await tx.orderIntent.createMany({ data: intents });
  const accountId = saving.context.account.id;
  await createOrders(
    tx,
    intents.map((intent) => ({ orderId: saving.newId(), accountId, intent })),
  );
};
