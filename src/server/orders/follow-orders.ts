import type { Exchange, ExchangeFill, FoundOutcome, OrderOutcome } from "~/trading/execution/exchange";
import type { BotContext } from "../bot-context";
import type { Transaction } from "../db/client";
import { inTransaction } from "../db/in-transaction";
import type { Ports } from "../ports";
import { bookStanding, bookToldFill } from "./book-outcome";
import { gatherSettlementCandles, settleOpenPositions, type SettlementCandles } from "./settle-open-positions";
import { loadStandingOrders, toExchangeOrder, type StoredOrder } from "./stored-order";

/** An order unknown to the venue is given up after this long: until then it may still be on its way. */
const ABSENT_SECONDS = 60;

type FollowPorts = Pick<Ports, "db" | "marketDataOf" | "exchangeOf" | "newId" | "candles">;

export type Following = {
  /** Venue time of the look, ms: a cycle's slot, or now. */
  readonly at: number;
  /** Locks the bot; false: another process looks after its orders just now. */
  readonly hold: (tx: Transaction) => Promise<boolean>;
};

type Found = { readonly order: StoredOrder; readonly outcome: FoundOutcome };

/** Whether the position that the order opens or reduces is closed: then the order is no longer needed. */
const isUnwanted = async ({ db }: FollowPorts, { orderId, positionId }: StoredOrder): Promise<boolean> =>
  (await db.position.count({
    where: {
      closedAt: { not: null },
      OR: [{ fills: { some: { orderId } } }, ...(positionId ? [{ id: positionId }] : [])],
    },
  })) > 0;

type Asking = { readonly exchange: Exchange; readonly context: BotContext };

const ask = async (ports: FollowPorts, { exchange, context }: Asking, order: StoredOrder): Promise<Found> => {
  const { clientOrderId, market } = toExchangeOrder(context, order);
  const ref = { clientOrderId, market };
  const outcome = (await isUnwanted(ports, order)) ? exchange.cancelOrder(ref) : exchange.fetchOrder(ref);
  return { order, outcome: await outcome };
};

type Silence = { readonly isGivenUp: boolean; readonly isCycles: boolean };

/**
 * How to read a venue's silence about an order. `isGivenUp`: the venue never reported it, for long enough. `isCycles`:
 * its cycle has not ended and may go on, also after its process died; the cycle then asks, and sends what was not sent.
 */
const readSilence = async (tx: Transaction, { orderId }: StoredOrder): Promise<Silence> => {
  const [row] = await tx.$queryRaw<[Silence]>`
    SELECT o.status IN ('submitting', 'unknown') AND o.updated_at < clock_timestamp() - ${ABSENT_SECONDS} * interval '1 second' AS "isGivenUp",
      o.status = 'submitting' AND coalesce(c.status = 'running', false) AS "isCycles"
    FROM orders o JOIN order_intents i ON i.id = o.intent_id LEFT JOIN cycles c ON c.id = i.cycle_id
    WHERE o.id = ${orderId}::uuid`;
  return row;
};

/** An order absent for long counts as cancelled, the one end after which a fill may still come. null: no news. */
const toOutcome = async (tx: Transaction, { order, outcome }: Found): Promise<OrderOutcome | null> => {
  if (outcome.status !== "absent" && outcome.status !== "unknown") return outcome;
  const { isGivenUp, isCycles } = await readSilence(tx, order);
  if (isCycles) return null;
  if (outcome.status === "unknown") return outcome;
  if (!isGivenUp) return { status: "unknown", reason: "the venue does not know it yet" };
  return { status: "canceled", venueOrderId: null, fills: [], reason: "the venue does not know it" };
};

type NewFill = { readonly order: StoredOrder; readonly venueOrderId: string | null; readonly fill: ExchangeFill };

/** Fills in the order in which they happened, whichever order they are of. */
const fillsOf = (found: readonly Found[]): NewFill[] =>
  found
    .flatMap(({ order, outcome }) =>
      "fills" in outcome ? outcome.fills.map((fill) => ({ order, venueOrderId: outcome.venueOrderId, fill })) : [],
    )
    .toSorted((one, other) => one.fill.filledAt - other.fill.filledAt);

type Looked = { readonly found: readonly Found[]; readonly candles: SettlementCandles; readonly at: number };

/** Before a fill is booked its bot is settled up to it: a stop touched earlier takes only what was held then. */
const bookFound = async (
  tx: Transaction,
  settling: { readonly context: BotContext; readonly newId: () => string },
  { found, candles, at }: Looked,
): Promise<number> => {
  let closed = 0;
  const homeless = new Set<string>();
  for (const told of fillsOf(found)) {
    if (homeless.has(told.order.orderId)) continue;
    closed += await settleOpenPositions(tx, settling, { candles, through: Math.min(told.fill.filledAt, at) });
    const booked = await bookToldFill(tx, { ...settling, lookedAt: at }, { ...told, mark: null });
    if (booked === "homeless") homeless.add(told.order.orderId);
  }
  for (const each of found) {
    const outcome = await toOutcome(tx, each);
    if (outcome) await bookStanding(tx, { ...each, outcome });
  }
  return closed;
};

/**
 * Asks the exchange, by client order id, about every order of a bot that was sent and has not ended, and books what
 * came of it under the bot's lock. Nothing is sent again. Returns how many positions were closed by stop, target or
 * liquidation before a fill came.
 */
export const followOrders = async (
  ports: FollowPorts,
  context: BotContext,
  { at, hold }: Following,
): Promise<{ readonly closed: number }> => {
  const orders = await loadStandingOrders(ports.db, context);
  if (orders.length === 0) return { closed: 0 };
  const exchange = await ports.exchangeOf(context.account, () => null);
  const found: Found[] = [];
  for (const order of orders) found.push(await ask(ports, { exchange, context }, order));
  const candles = await gatherSettlementCandles(ports, context, at);
  return inTransaction(ports.db, async (tx) => {
    if (!(await hold(tx))) return { closed: 0 };
    return { closed: await bookFound(tx, { context, newId: ports.newId }, { found, candles, at }) };
  });
};
