import { liquidityOf } from "~/trading/execution/liquidity";
import type { Exchange, FoundOutcome, OrderOutcome, QuoteSource } from "~/trading/execution/exchange";
import type { OrderStatus } from "~/trading/execution/order-status";
import type { SlotView } from "~/trading/cycle/view-market";
import { invariant } from "~/trading/invariant";
import { findMarket, type BotContext } from "../bot-context";
import type { BotBooks } from "../books/bot-books";
import { loadOpenPositions } from "../books/positions";
import type { Database, Transaction } from "../db/client";
import { inTransaction, retryConflicts } from "../db/in-transaction";
import { Prisma } from "../db/prisma";
import { loadMarketViews } from "../market/market-views";
import { bookOutcome, type Answer } from "../orders/book-outcome";
import { planEntries } from "../orders/plan-entries";
import {
  loadBooksAtHand,
  loadOrdersAtHand,
  toExchangeOrder,
  type BooksAtHand,
  type OrdersAtHand,
  type StoredOrder,
} from "../orders/stored-order";
import { submitPending, submittedWhere, writeStatus } from "../orders/write-status";
import type { Ports } from "../ports";
import type { CycleRef } from "./cycle-ref";
import { renewedLease, renewLease } from "./lease";
import { runStage } from "./run-stage";
import { MAY_WRITE, saveOnBooks } from "./save-stage";
import { fencedStages, type StageResults } from "./stage-fence";
import { endStage, startStage } from "./start-stage";

/** `working`: accepted by the venue and not wholly filled yet. */
export type OrdersExecuted = Record<"filled" | "working" | "rejected" | "unknown", number>;

type ExecutionPorts = Pick<Ports, "db" | "marketDataOf" | "newId" | "candles" | "contexts" | "exchangeOf">;

/** By `status`, a pending order was never sent; a submitting one may have been sent by an earlier try. */
type Sending = { readonly orders: readonly StoredOrder[]; readonly toCancel: readonly StoredOrder[] };
/** `books`: as they are once the orders are on their way, where that is known. */
type Sent = Sending & { readonly books?: BotBooks };

/** An exit is held up only by another exit of its market, an entry by any order of its market. */
const isHeldUp = (order: StoredOrder, standing: readonly StoredOrder[]): boolean =>
  standing.some(
    ({ marketId, purpose }) => marketId === order.marketId && (order.purpose === "entry" || purpose !== "entry"),
  );

const planSending = ({ unanswered: orders, standing }: OrdersAtHand): Sending & { readonly heldUp: StoredOrder[] } => {
  const heldUp = orders.filter((order) => order.status === "pending" && isHeldUp(order, standing));
  const sent = orders.filter((order) => !heldUp.includes(order));
  const exits = sent.filter(({ purpose }) => purpose === "exit").map(({ marketId }) => marketId);
  const toCancel = standing.filter(({ purpose, marketId }) => purpose === "entry" && exits.includes(marketId));
  return { orders: sent, toCancel, heldUp };
};

const isPending = ({ status }: StoredOrder): boolean => status === "pending";

/** In one statement, for new orders that nothing holds up. Null: there are others, or the books changed meanwhile. */
const submitAtOnce = async (db: Database, cycle: CycleRef, read: BooksAtHand): Promise<Sent | null> => {
  const { atHand, books, markOnceSent } = read;
  const sending = planSending(atHand);
  const isPlain = sending.heldUp.length === 0 && sending.orders.length > 0 && sending.orders.every(isPending);
  if (!isPlain) return null;
  const when = Prisma.sql`EXISTS (SELECT FROM held WHERE books_mark_now(held.bot_id) = ${books.mark})`;
  const submitted = await retryConflicts(
    () => db.$executeRaw`
      WITH held AS (${renewedLease(cycle)} RETURNING bot_id) ${submittedWhere(sending.orders, when)}`,
  );
  if (submitted !== sending.orders.length) return null;
  const submitting = [...books.submitting, ...sending.orders.map(({ orderId }) => orderId)];
  return { ...sending, books: { ...books, submitting, mark: markOnceSent } };
};

const submitEach = (db: Database, context: BotContext, cycle: CycleRef): Promise<Sending> =>
  inTransaction(db, async (tx) => {
    await renewLease(tx, cycle);
    const sending = planSending(await loadOrdersAtHand(tx, context, cycle.cycleId));
    const reason = "another order of its market is under way";
    for (const { orderId } of sending.heldUp) await writeStatus(tx, orderId, { event: "expire", reason });
    await submitPending(tx, sending.orders.filter(isPending));
    return sending;
  });

type Submitted = Sent | { readonly returned: OrdersExecuted };

/**
 * Commits that the orders are on their way before the first call, so that after a crash they are asked about. An order
 * that another of its market holds up expires unsent. Entries under way are cancelled for an exit of their market.
 * `returned`: the stage has run before.
 */
const markSubmitting = async (db: Database, context: BotContext, cycle: CycleRef): Promise<Submitted> => {
  const of = { owner: context, cycleId: cycle.cycleId };
  const read = await loadBooksAtHand(db, of, Prisma.sql`, (${fencedStages(cycle)}) AS stages`);
  const { stages } = read.more as { readonly stages: StageResults | null };
  const record = stages?.["execute-orders"];
  if (record) return { returned: record.result as OrdersExecuted };
  return (await submitAtOnce(db, cycle, read)) ?? submitEach(db, context, cycle);
};

/** Sends an order; one that may have been sent before is asked about first. */
const send = async (exchange: Exchange, context: BotContext, order: StoredOrder): Promise<OrderOutcome> => {
  const wire = toExchangeOrder(context, order);
  if (order.status === "submitting") {
    const found = await exchange.fetchOrder(wire);
    if (found.status !== "absent") return found;
  }
  return exchange.placeOrder(wire);
};

const toAnswered = (outcome: FoundOutcome): OrderOutcome =>
  outcome.status === "absent" ? { status: "unknown", reason: "the venue does not know it" } : outcome;

/** The prices at the slot: each order gets that of its own market. */
const quotesOf =
  (orders: readonly StoredOrder[], views: readonly SlotView[], at: number): QuoteSource =>
  ({ clientOrderId }) => {
    const order = orders.find((each) => each.clientOrderId === clientOrderId);
    const view = views.find(({ marketId }) => marketId === order?.marketId);
    invariant(view, `order ${clientOrderId} has no view of its market`);
    const { referencePrice } = view;
    return referencePrice && { price: referencePrice, ...liquidityOf(view), at };
  };

const COUNTED: Readonly<Record<OrderStatus, keyof OrdersExecuted>> = {
  pending: "unknown",
  submitting: "unknown",
  unknown: "unknown",
  accepted: "working",
  partiallyFilled: "working",
  filled: "filled",
  canceled: "rejected",
  rejected: "rejected",
  expired: "rejected",
};

const NONE = { filled: 0, working: 0, rejected: 0, unknown: 0 };

type Booked = { readonly context: BotContext; readonly newId: () => string; readonly lookedAt: number };

const bookAnswers = async (tx: Transaction, booking: Booked, answers: readonly Answer[]): Promise<OrdersExecuted> => {
  const counts = { ...NONE };
  for (const answer of answers) counts[COUNTED[await bookOutcome(tx, booking, answer)]] += 1;
  return counts;
};

/** Stage 5: sends the orders that the gate approved and books the outcomes. */
export const executeOrders = async (ports: ExecutionPorts, cycle: CycleRef): Promise<OrdersExecuted> => {
  const stage = startStage(cycle, "execute-orders");
  const context = await ports.contexts.ofCycle(cycle);
  const submitted = await markSubmitting(ports.db, context, cycle);
  if ("returned" in submitted) {
    endStage(stage);
    return submitted.returned;
  }
  const { orders, toCancel, books: atHand } = submitted;
  const marketIds = new Set([...orders, ...toCancel].map(({ marketId }) => marketId));
  const markets = [...marketIds].flatMap((marketId) => findMarket(context, marketId) ?? []);
  const positions = atHand?.positions ?? (await loadOpenPositions(ports.db, context.botId));
  const views = await loadMarketViews(ports, context, { slot: cycle.slot, markets, positions });
  const markOf = ({ marketId }: StoredOrder) => views.find((view) => view.marketId === marketId)?.mark ?? null;
  const exchange = await ports.exchangeOf(context.account, quotesOf(orders, views, cycle.slot));
  const ended: Answer[] = [];
  for (const order of toCancel) {
    const outcome = toAnswered(await exchange.cancelOrder(toExchangeOrder(context, order)));
    ended.push({ order, outcome, mark: markOf(order) });
  }
  const answers: Answer[] = [];
  for (const order of orders) {
    answers.push({ order, outcome: await send(exchange, context, order), mark: markOf(order) });
  }
  const booking = { context, newId: ports.newId, lookedAt: cycle.slot };
  // As one statement, where all that came back are entries filled whole: as it is for most.
  const book = (books: BotBooks) => {
    const entries = ended.length > 0 ? null : planEntries(booking, books, { answers, when: MAY_WRITE });
    return entries && { result: { ...NONE, filled: answers.length }, ...entries };
  };
  const booked = await saveOnBooks<OrdersExecuted>(ports.db, { ...stage, books: atHand }, book);
  if (booked !== null) return booked;
  return runStage(ports.db, stage, async (tx) => {
    await bookAnswers(tx, booking, ended);
    return bookAnswers(tx, booking, answers);
  });
};
