import { z } from "zod";
import type { PositionSide } from "~/trading/portfolio/position-side";
import type { ExchangeOrder, OrderType } from "~/trading/execution/exchange";
import type { OrderSide } from "~/trading/execution/fill-market-order";
import type { OrderStatus } from "~/trading/execution/order-status";
import { invariant } from "~/trading/invariant";
import type { Decimal } from "~/trading/money";
import { entryLegSchema, type EntryLeg } from "~/trading/portfolio/entry-legs";
import { exitTermsSchema, type ExitTerms } from "~/trading/portfolio/exit-terms";
import { findMarket, type BotContext } from "../bot-context";
import { loadBooksWith, type BotBooks } from "../books/bot-books";
import { fromColumn, fromColumnOrNull } from "../db/amounts";
import type { Database, Transaction } from "../db/client";
import { Prisma } from "../db/prisma";
import { STANDING_SQL } from "./standing-sql";

/** An order with the intent behind it, as it stood when it was read. */
export type StoredOrder = {
  readonly orderId: string;
  readonly status: OrderStatus;
  readonly clientOrderId: string;
  readonly cycleId: string | null;
  /** The version of the settings that its cycle ran by; null where no cycle ordered it. */
  readonly orderedBy: number | null;
  readonly purpose: "entry" | "leg" | "exit" | "protective" | "manual";
  readonly kind: string;
  readonly marketId: number;
  readonly positionId: string | null;
  readonly side: OrderSide;
  readonly positionSide: PositionSide;
  readonly type: OrderType;
  readonly quantity: Decimal;
  readonly price: Decimal | null;
  readonly triggerPrice: Decimal | null;
  readonly leverage: Decimal;
  readonly stopLoss: Decimal | null;
  readonly takeProfit: Decimal | null;
  /** How the position is closed beside them: of an entry, or of the rest where an exit takes a part. */
  readonly exits: ExitTerms | null;
  /** What an entry enters further, and later. */
  readonly legs: readonly EntryLeg[];
};

type Amount = { toString(): string };
type Amounts = "quantity" | "price" | "triggerPrice" | "leverage" | "stopLoss" | "takeProfit";
type Row = Omit<StoredOrder, Amounts | "exits" | "legs"> & {
  readonly quantity: Amount;
  readonly price: Amount | null;
  readonly triggerPrice: Amount | null;
  readonly leverage: Amount;
  readonly stopLoss: Amount | null;
  readonly takeProfit: Amount | null;
  readonly exits: unknown;
  readonly legs: unknown;
  /** The place of its decision in the cycle. */
  readonly sequence: number | null;
  /** Its place among all that were read, oldest first. */
  readonly place: number;
};

const legsSchema = z.array(entryLegSchema).nullable();

const toStoredOrder = ({ sequence: _sequence, place: _place, ...row }: Row): StoredOrder => ({
  ...row,
  quantity: fromColumn(row.quantity),
  price: fromColumnOrNull(row.price),
  triggerPrice: fromColumnOrNull(row.triggerPrice),
  leverage: fromColumn(row.leverage),
  stopLoss: fromColumnOrNull(row.stopLoss),
  takeProfit: fromColumnOrNull(row.takeProfit),
  exits: exitTermsSchema.nullable().parse(row.exits),
  legs: legsSchema.parse(row.legs) ?? [],
});

/** Orders whose ids the SQL `ids` gives; amounts as text, so that none loses a digit as JSON. */
const selectOrders = (ids: Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT o.id AS "orderId", o.status::text, o.client_order_id AS "clientOrderId", i.cycle_id AS "cycleId",
    c.settings_version AS "orderedBy", i.purpose::text, i.kind, i.market_id AS "marketId", i.position_id AS "positionId",
    i.side::text, i.position_side::text AS "positionSide", o.type::text, o.quantity::text, o.price::text,
    o.trigger_price::text AS "triggerPrice", i.leverage::text, i.stop_loss::text AS "stopLoss", i.take_profit::text AS "takeProfit",
    i.exits, i.legs, d.sequence, (row_number() OVER (ORDER BY i.intended_at, o.client_order_id))::int AS place
  FROM orders o JOIN order_intents i ON i.id = o.intent_id LEFT JOIN cycles c ON c.id = i.cycle_id
  LEFT JOIN decisions d ON d.id = i.decision_id
  WHERE o.id IN (${ids}) ORDER BY place`;

const readOrders = (tx: Transaction, ids: Prisma.Sql): Promise<Row[]> => tx.$queryRaw<Row[]>(selectOrders(ids));

export const loadOrder = async (tx: Transaction, orderId: string): Promise<StoredOrder> => {
  const [row] = await readOrders(tx, Prisma.sql`${orderId}::uuid`);
  invariant(row, `there is no order ${orderId}`);
  return toStoredOrder(row);
};

type Owner = Pick<BotContext, "botId" | "account">;

// The partial index serves it, but needs the statuses written out in the query.
const standingIds = ({ botId, account }: Owner): Prisma.Sql => Prisma.sql`
  SELECT o.id FROM orders o JOIN order_intents i ON i.id = o.intent_id
  WHERE o.account_id = ${account.id}::uuid AND i.bot_id = ${botId}::uuid AND o.status IN ${STANDING_SQL}`;

/** A bot's orders that were sent and have not ended, as far as we know, oldest first. */
export const loadStandingOrders = async (tx: Transaction, owner: Owner): Promise<StoredOrder[]> =>
  (await readOrders(tx, standingIds(owner))).map(toStoredOrder);

export type OrdersAtHand = {
  /** The cycle's orders without an answer, exits first, then in the order of the decisions. */
  readonly unanswered: readonly StoredOrder[];
  /** The bot's other orders that were sent and have not ended, oldest first. */
  readonly standing: readonly StoredOrder[];
};

const rank = ({ purpose, sequence }: Row): number => (purpose === "exit" ? 0 : 1000) + (sequence ?? 0);

/** A cycle's own entries and exits that are in one of the statuses. */
const ownIds = (cycleId: string, statuses: Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT o.id FROM order_intents i JOIN orders o ON o.intent_id = i.id
  WHERE i.cycle_id = ${cycleId}::uuid AND i.purpose IN ('entry', 'exit') AND o.status IN (${statuses})`;

const idsAtHand = (owner: Owner, cycleId: string): Prisma.Sql =>
  Prisma.sql`${standingIds(owner)} UNION ${ownIds(cycleId, Prisma.sql`'pending', 'submitting'`)}`;

const sortAtHand = (rows: readonly Row[], cycleId: string): OrdersAtHand => {
  const isOwn = (row: Row): boolean => row.cycleId === cycleId;
  const isUnanswered = ({ status, purpose }: Row): boolean =>
    (status === "pending" || status === "submitting") && (purpose === "entry" || purpose === "exit");
  const unanswered = rows.filter((row) => isOwn(row) && isUnanswered(row));
  return {
    unanswered: unanswered.toSorted((first, second) => rank(first) - rank(second)).map(toStoredOrder),
    standing: rows.filter((row) => !isOwn(row)).map(toStoredOrder),
  };
};

export const loadOrdersAtHand = async (tx: Transaction, owner: Owner, cycleId: string): Promise<OrdersAtHand> =>
  sortAtHand(await readOrders(tx, idsAtHand(owner, cycleId)), cycleId);

export type BooksAtHand = {
  readonly atHand: OrdersAtHand;
  readonly books: BotBooks;
  /** The mark of the books once the cycle's pending orders are on their way. */
  readonly markOnceSent: string;
  readonly more: unknown;
};

/** The same with the bot's books, in one statement. `also`: see `loadBooksWith`. */
export const loadBooksAtHand = async (
  db: Database,
  { owner, cycleId }: { readonly owner: Owner; readonly cycleId: string },
  also: Prisma.Sql = Prisma.empty,
): Promise<BooksAtHand> => {
  const columns = Prisma.sql`${also},
    (SELECT coalesce(json_agg(h ORDER BY h.place), '[]') FROM (${selectOrders(idsAtHand(owner, cycleId))}) h) AS orders,
    books_mark_once_sent(b.id, ARRAY(${ownIds(cycleId, Prisma.sql`'pending'`)})) AS "markOnceSent"`;
  const { books, more } = await loadBooksWith(db, owner.botId, columns);
  const { orders, markOnceSent } = more as { orders: Row[]; markOnceSent: string };
  return { books, atHand: sortAtHand(orders, cycleId), markOnceSent, more };
};

/** The order as a venue takes it. */
export const toExchangeOrder = (context: BotContext, order: StoredOrder): ExchangeOrder => {
  const market = findMarket(context, order.marketId);
  invariant(market, `order ${order.clientOrderId} has no market`);
  const { clientOrderId, side, type, quantity, price, triggerPrice } = order;
  const isReduceOnly = order.purpose !== "entry" && order.purpose !== "leg";
  return { clientOrderId, market: market.rules, side, type, quantity, price, triggerPrice, isReduceOnly };
};
