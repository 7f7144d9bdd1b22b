import type { Transaction } from "../db/client";
import { inTransaction } from "../db/in-transaction";
import { Prisma } from "../db/prisma";
import { followOrders } from "../orders/follow-orders";
import { gatherSettlementCandles, settleOpenPositions } from "../orders/settle-open-positions";
import type { Ports } from "../ports";
import { readVenueTime } from "../venues/venue-time";
import { slotInHandSql } from "./slot-in-hand";

/** The slot in hand of a bot, ms; otherwise infinity. `venueNow` in ms. */
const findSlotInHand = async (tx: Transaction, botId: string, venueNow: number): Promise<number> => {
  const now = Prisma.sql`${new Date(venueNow)}::timestamptz`;
  const [row] = await tx.$queryRaw<{ slot: Date | null }[]>`
    SELECT ${slotInHandSql(now)} AS slot FROM bots b JOIN bot_leases l ON l.bot_id = b.id WHERE b.id = ${botId}::uuid`;
  return row?.slot?.getTime() ?? Number.POSITIVE_INFINITY;
};

/** Whether a cycle marked equity after this time (ms). Then nothing may be posted at this earlier time. */
const isMarkedAfter = async (tx: Transaction, botId: string, time: number): Promise<boolean> =>
  (await tx.equityMemory.count({ where: { botId, at: { gt: new Date(time) } } })) > 0;

const lockBot = async (tx: Transaction, botId: string): Promise<void> => {
  await tx.$queryRaw`SELECT 1 FROM bot_leases WHERE bot_id = ${botId}::uuid FOR UPDATE`;
};

/**
 * Holds a bot that no cycle and no look has or is about to have, so that something may be posted at this venue time (ms);
 * whether it could.
 */
export const holdIdle = async (tx: Transaction, botId: string, time: number): Promise<boolean> => {
  await lockBot(tx, botId);
  if (await isMarkedAfter(tx, botId, time)) return false;
  return (await findSlotInHand(tx, botId, time)) === Number.POSITIVE_INFINITY;
};

/**
 * Books the outcomes of one bot's orders and settles its open positions up to the present, between its cycles and also
 * when it is paused or stopped. Takes the same lock as a cycle's stages and settles to the same result as a cycle.
 * While a cycle runs or is due, the guard leaves the orders to it. Returns how many positions closed.
 */
export const guardBot = async (
  ports: Pick<Ports, "db" | "wallNow" | "candles" | "contexts" | "marketDataOf" | "exchangeOf" | "newId">,
  { botId, settingsVersion }: { readonly botId: string; readonly settingsVersion: number },
): Promise<number> => {
  const context = await ports.contexts(botId, settingsVersion);
  const through = await readVenueTime(ports, context.venue.id);
  const hold = (tx: Transaction): Promise<boolean> => holdIdle(tx, botId, through);
  const followed = await followOrders(ports, context, { at: through, hold });
  const candles = await gatherSettlementCandles(ports, context, through);
  return inTransaction(ports.db, async (tx) => {
    await lockBot(tx, botId);
    const slot = await findSlotInHand(tx, botId, through);
    const range = { candles, through: Math.min(through, slot) };
    return followed.closed + (await settleOpenPositions(tx, { context, newId: ports.newId }, range));
  });
};
