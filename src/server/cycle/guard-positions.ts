import type { Transaction } from "../db/client";
import { inTransaction } from "../db/in-transaction";
import { followOrders } from "../orders/follow-orders";
import { gatherSettlementCandles, settleOpenPositions } from "../orders/settle-open-positions";
import { HAS_STANDING_ORDER } from "../orders/standing-sql";
import type { Ports } from "../ports";
import { outageSql } from "../venues/outage-sql";
import { readVenueTime } from "../venues/venue-time";

const BOTS_PER_PAGE = 50;

type GuardedBot = { readonly botId: string; readonly settingsVersion: number };

/**
 * One page of bots, in any status and after a given id, with an open position on a paper account or an order without a
 * known outcome. Leaves out archived venues, which have no market to settle on, and venues that do not answer, which
 * would delay the others.
 */
export const findGuardedBots = (ports: Pick<Ports, "db" | "wallNow">, after: string): Promise<GuardedBot[]> => ports.db
  .$queryRaw<GuardedBot[]>`
  SELECT b.id AS "botId", b.settings_version AS "settingsVersion" FROM bots b
  WHERE b.id > ${after}::uuid
    AND (EXISTS (SELECT 1 FROM positions p WHERE p.bot_id = b.id AND p.closed_at IS NULL AND p.account_kind = 'paper')
      OR ${HAS_STANDING_ORDER})
    AND EXISTS (SELECT 1 FROM accounts a JOIN venues v ON v.id = a.venue_id WHERE a.id = b.account_id AND v.archived_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM venue_health h WHERE h.venue_id = v.id AND ${outageSql(ports.wallNow())}))
  ORDER BY b.id LIMIT ${BOTS_PER_PAGE}`;

/**
 * The slot (ms) of the cycle that holds the bot by a current lease, or of a due one that is not stale, or the one that
 * its look is about to cover; otherwise infinity. Until that cycle ends, dies or goes stale, the guard settles only up to its slot. Otherwise the cycle
 * or look would decide and mark its slot on books of a later time.
 */
const findSlotInHand = async (tx: Transaction, botId: string, venueNow: number): Promise<number> => {
  const [cycle] = await tx.$queryRaw<{ slot: Date }[]>`
    SELECT c.slot FROM cycles c JOIN bot_leases l ON l.bot_id = c.bot_id JOIN bots b ON b.id = c.bot_id
    WHERE c.bot_id = ${botId}::uuid AND ((c.status = 'running' AND l.expires_at > clock_timestamp())
      OR (c.status = 'due' AND b.status = 'running'
        AND c.slot > ${new Date(venueNow)}::timestamptz - b.interval_seconds * interval '1 second'))
    UNION ALL SELECT greatest(next_due, to_timestamp(floor(${venueNow / 1000}::float8 / interval_seconds) * interval_seconds))
    FROM bots WHERE id = ${botId}::uuid AND status = 'running' AND next_due <= ${new Date(venueNow)}
    ORDER BY slot LIMIT 1`;
  return cycle?.slot.getTime() ?? Number.POSITIVE_INFINITY;
};

/** Whether a cycle marked equity after this time (ms). Then nothing may be posted at this earlier time. */
const isMarkedAfter = async (tx: Transaction, botId: string, time: number): Promise<boolean> =>
  (await tx.equityMemory.count({ where: { botId, at: { gt: new Date(time) } } })) > 0;

const lockBot = async (tx: Transaction, botId: string): Promise<void> => {
  await tx.$queryRaw`SELECT 1 FROM bot_leases WHERE bot_id = ${botId}::uuid FOR UPDATE`;
};

/**
 * Books the outcomes of one bot's orders and settles its open positions up to the present, between its cycles and also
 * when it is paused or stopped. Takes the same lock as a cycle's stages and settles to the same result as a cycle.
 * While a cycle runs or is due, the guard leaves the orders to it. Returns how many positions closed.
 */
export const guardBot = async (
  ports: Pick<Ports, "db" | "wallNow" | "candles" | "contexts" | "marketDataOf" | "exchangeOf" | "newId">,
  { botId, settingsVersion }: GuardedBot,
): Promise<number> => {
  const context = await ports.contexts(botId, settingsVersion);
  const through = await readVenueTime(ports, context.venue.id);
  const hold = async (tx: Transaction): Promise<boolean> => {
    await lockBot(tx, botId);
    if (await isMarkedAfter(tx, botId, through)) return false;
    return (await findSlotInHand(tx, botId, through)) === Number.POSITIVE_INFINITY;
  };
  const followed = await followOrders(ports, context, { at: through, hold });
  const candles = await gatherSettlementCandles(ports, context, through);
  return inTransaction(ports.db, async (tx) => {
    await lockBot(tx, botId);
    const slot = await findSlotInHand(tx, botId, through);
    const range = { candles, through: Math.min(through, slot) };
    return followed.closed + (await settleOpenPositions(tx, { context, newId: ports.newId }, range));
  });
};
