import { planOrder, type MarketOrderPlan } from "~/trading/cycle/plan-order";
import type { AssessedDecision } from "~/trading/risk/assess-decisions";
import { invariant } from "~/trading/invariant";
import { decimal, sumOf, toMoney } from "~/trading/money";
import type { BotContext } from "../bot-context";
import { entryOrderId, exitOrderId } from "../books/client-order-id";
import { toColumn, toColumnOrNull } from "../db/amounts";
import { insertRows, type ColumnValues } from "../db/insert-rows";
import type { Prisma } from "../db/prisma";
import { insertOrders } from "../orders/create-orders";
import type { CycleRef } from "./cycle-ref";
import type { StoredDecision } from "./load-decisions";

type Saving = {
  readonly context: BotContext;
  readonly cycle: CycleRef;
  readonly newId: () => string;
  readonly stored: readonly StoredDecision[];
  /** Writes nothing where it is false; default: true. */
  readonly when?: Prisma.Sql;
};

/** A decision that asked for an order, with its verdict and the id of its row. */
type Asked = {
  readonly assessed: AssessedDecision;
  readonly verdict: NonNullable<AssessedDecision["verdict"]>;
  readonly stored: StoredDecision;
};

type Intent = {
  readonly id: string;
  readonly quantity: string;
  readonly clientOrderId: string;
  readonly row: ColumnValues;
};

/** What an exit and an entry do not share. */
const orderColumns = (
  { context, cycle }: Saving,
  order: MarketOrderPlan,
): { readonly clientOrderId: string; readonly columns: ColumnValues } => {
  if (order.purpose === "exit") {
    const positionId = order.position.id;
    const columns = { position_id: positionId, stop_loss: null, take_profit: null, decided_candle: null };
    return { clientOrderId: exitOrderId({ positionId, kind: `decision:${cycle.slot}`, n: 0 }), columns };
  }
  const columns = {
    position_id: null,
    stop_loss: toColumnOrNull(order.stopLoss),
    take_profit: toColumnOrNull(order.takeProfit),
    decided_candle: order.decidedCandle === null ? null : new Date(order.decidedCandle),
  };
  const { botId } = context;
  return { clientOrderId: entryOrderId({ botId, slot: cycle.slot, pair: order.pair, leg: 0 }), columns };
};

/** Of an entry with its legs: until it is filled, it counts so much against what the user allows all bots. */
const valueOf = ({ order }: AssessedDecision): string | null => {
  if (order?.purpose !== "entry") return null;
  const legs = order.legs.map(({ price, quantity }) => decimal(price).times(quantity));
  return toColumn(toMoney(order.quantity.times(order.referencePrice).plus(sumOf(legs))));
};

const toIntent = (saving: Saving, { assessed, stored }: Asked): Intent => {
  const { context, cycle, newId } = saving;
  const order = planOrder(assessed);
  invariant(order, "only an order that passed becomes an intent");
  const { clientOrderId, columns } = orderColumns(saving, order);
  const [id, quantity] = [newId(), toColumn(order.quantity)];
  const row = {
    id,
    bot_id: context.botId,
    cycle_id: cycle.cycleId,
    decision_id: stored.id,
    market_id: order.marketId,
    client_order_id: clientOrderId,
    purpose: order.purpose,
    kind: order.kind,
    side: order.side,
    position_side: order.positionSide,
    quantity,
    leverage: toColumn(order.leverage),
    exits: order.exits,
    legs: order.purpose === "entry" && order.legs.length > 0 ? order.legs : null,
    notional: valueOf(assessed),
    intended_at: new Date(cycle.slot),
    ...columns,
  };
  return { id, quantity, clientOrderId, row };
};

/** Writes the verdict on each decision that asked for an order, and for approved ones an intent and a pending order. */
export const writeVerdicts = (saving: Saving, assessed: readonly AssessedDecision[]): Prisma.Sql[] => {
  const rows = new Map(saving.stored.map((row) => [row.marketId, row]));
  const asked = assessed.flatMap((result): Asked[] => {
    if (result.verdict === null) return [];
    const stored = rows.get(result.marketId);
    invariant(stored, `market ${result.marketId} was judged without a stored decision`);
    return [{ assessed: result, verdict: result.verdict, stored }];
  });
  const verdicts = asked.map(({ assessed: { order }, verdict, stored }) => ({
    decision_id: stored.id,
    bot_id: saving.context.botId,
    slot: new Date(saving.cycle.slot),
    outcome: verdict.outcome,
    rule: verdict.rule,
    reason: verdict.reason,
    quantity: order ? toColumn(order.quantity) : null,
    checks: verdict.checks,
    size: verdict.size,
    user_sums: verdict.user,
  }));
  const intents = asked.filter(({ assessed: { order } }) => order !== null).map((each) => toIntent(saving, each));
  const { id: accountId } = saving.context.account;
  const rowsOf = intents.map(({ row }) => row);
  const orders = intents.map((intent) => ({ orderId: saving.newId(), accountId, intent }));
  return [
    insertRows("verdicts", verdicts, saving.when),
    insertRows("order_intents", rowsOf, saving.when),
    insertOrders(orders, saving.when),
  ];
};
