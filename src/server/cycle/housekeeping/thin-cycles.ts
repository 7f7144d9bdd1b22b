import { floorToGrid } from "~/trading/market/timeframe";
import { DAY_MS } from "~/trading/market/duration";
import type { Transaction } from "../../db/client";
import { inTransaction } from "../../db/in-transaction";
import type { Ports } from "../../ports";
import type { VenueTime } from "./venue-times";

const CYCLE_DAYS = 30;
/** Bot days per run. For comparison: at 3600 times wall speed three bots live 38 of them in five minutes. */
const BOT_DAYS_MAX = 500;

/** What is older, by a venue's time, is thinned. */
export const cycleCut = ({ now }: VenueTime): Date => new Date(floorToGrid(now, DAY_MS) - CYCLE_DAYS * DAY_MS);

/** One UTC day of one bot; `day` is its date, in venue time. */
type BotDay = { readonly botId: string; readonly day: string };

/**
 * Whole days that are old enough to thin, oldest first. A day that already has a count was thinned before and is not
 * looked at again, so one with a cycle that has not ended waits, and so does one that a bot's next slot is in: slots that
 * are missed are recorded there.
 */
const findOldDays = ({ db }: Pick<Ports, "db">, venues: readonly VenueTime[], daysMax: number): Promise<BotDay[]> => {
  const ids = venues.map(({ id }) => id);
  const cuts = venues.map(cycleCut);
  return db.$queryRaw<BotDay[]>`
    SELECT b.id AS "botId", to_char(oldest.slot AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day
    FROM unnest(${ids}::uuid[], ${cuts}::timestamptz[]) AS v (id, cut)
    JOIN accounts a ON a.venue_id = v.id JOIN bots b ON b.account_id = a.id
    CROSS JOIN LATERAL (SELECT min(c.slot) AS slot FROM cycles c WHERE c.bot_id = b.id AND c.slot >= coalesce(
      (SELECT max(d.day) + 1 FROM cycle_days d WHERE d.bot_id = b.id)::timestamp AT TIME ZONE 'UTC', '-infinity')) oldest
    CROSS JOIN LATERAL (SELECT date_trunc('day', oldest.slot, 'UTC') + interval '1 day' AS ends) of_day
    WHERE oldest.slot < v.cut AND (b.next_due IS NULL OR b.next_due >= ends)
      AND NOT EXISTS (SELECT 1 FROM cycles c WHERE c.bot_id = b.id AND c.status IN ('due', 'running')
        AND c.slot >= oldest.slot AND c.slot < ends) ORDER BY oldest.slot, b.id LIMIT ${daysMax}`;
};

/**
 * The day's cycles are counted, and those that only held go; whatever led to an order, a refusal or a paid call stays.
 * Returns how many cycles went.
 */
const thinDay = async (tx: Transaction, { botId, day }: BotDay): Promise<number> => {
  const from = new Date(`${day}T00:00:00Z`);
  const to = new Date(from.getTime() + DAY_MS);
  const held = await tx.$queryRaw<{ id: string }[]>`
    SELECT c.id FROM cycles c WHERE c.bot_id = ${botId}::uuid AND c.slot >= ${from} AND c.slot < ${to}
      AND c.status IN ('done', 'skipped') AND c.missed_count IS NULL
      AND NOT EXISTS (SELECT 1 FROM decisions d WHERE d.cycle_id = c.id AND d.action <> 'hold')
      AND NOT EXISTS (SELECT 1 FROM order_intents i WHERE i.cycle_id = c.id)
      AND NOT EXISTS (SELECT 1 FROM model_calls m WHERE m.cycle_id = c.id)
    ORDER BY c.slot FOR UPDATE`;
  const ids = held.map(({ id }) => id);
  await tx.$executeRaw`DELETE FROM decisions WHERE cycle_id = ANY(${ids}::uuid[])`;
  await tx.$executeRaw`
    INSERT INTO cycle_days (bot_id, day, done, skipped, failed)
    SELECT ${botId}::uuid, ${day}::date, count(*) FILTER (WHERE status = 'done'),
      coalesce(sum(coalesce(missed_count, 1)) FILTER (WHERE status = 'skipped'), 0),
      count(*) FILTER (WHERE status IN ('failed', 'abandoned'))
    FROM cycles WHERE bot_id = ${botId}::uuid AND slot >= ${from} AND slot < ${to}
    ON CONFLICT (bot_id, day) DO NOTHING`;
  await tx.$executeRaw`DELETE FROM cycles WHERE id = ANY(${ids}::uuid[])`;
  return ids.length;
};

/** Thins cycles older than 30 days of their venue's time, a bot's day at once. Returns how many went. */
export const thinCycles = async (ports: Pick<Ports, "db">, venues: readonly VenueTime[]): Promise<number> => {
  let cycles = 0;
  for (let left = BOT_DAYS_MAX; left > 0;) {
    const days = await findOldDays(ports, venues, left);
    for (const day of days) cycles += await inTransaction(ports.db, (tx) => thinDay(tx, day));
    left = days.length === 0 ? 0 : left - days.length;
  }
  return cycles;
};
