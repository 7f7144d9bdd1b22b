import { HAS_CYCLES } from "../books/bot-status-sql";
import { toColumn, toColumnOrNull } from "../db/amounts";
import { Prisma } from "../db/prisma";
import { iso, lookedAt, type Covered, type PageOutcome } from "./page-outcome";

/** By compare-and-set: a position that the guard moved since it was read is left as it is. */
const movedPositions = ({ bot, look }: Covered) =>
  look.positions.map((position) => ({
    id: position.id,
    bot_id: bot.botId,
    before: iso(bot.positions.find(({ id }) => id === position.id)?.settledThrough ?? 0),
    settled_through: iso(position.settledThrough),
    stop_loss: toColumnOrNull(position.stopLoss),
    take_profit: toColumnOrNull(position.takeProfit),
    mark: toColumn(position.mark),
    marked_at: iso(position.markedAt),
    exit_plan: position.exitPlan,
  }));

/**
 * The parts of a statement that take a page's bots and move what is theirs, in turn: `locked` those that are as they were
 * read (one that another has locked is stepped around), `moved` the positions of the covered, `advanced` the bots of
 * which every position could be moved: their slot is accounted for by this statement.
 */
export const takenParts = (page: PageOutcome): Prisma.Sql => {
  const covered = new Set(page.covered.map(({ bot }) => bot.botId));
  const bots = lookedAt(page).map(({ botId, epoch, settingsVersion, nextDue, intervalMs, isHeld, positions }) => ({
    bot_id: botId,
    epoch: String(epoch),
    version: settingsVersion,
    before: iso(nextDue),
    next_due: iso(page.slot + intervalMs),
    is_held: isHeld,
    moving: covered.has(botId) ? positions.length : 0,
  }));
  return Prisma.sql`
    page AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(bots)}::jsonb) AS r(bot_id uuid, epoch bigint, version int,
        before timestamptz, next_due timestamptz, is_held boolean, moving int)
    ), locked AS (
      SELECT r.* FROM page r JOIN bot_leases l ON l.bot_id = r.bot_id AND l.epoch = r.epoch
        AND (r.is_held OR l.holder IS NULL OR coalesce(l.expires_at <= clock_timestamp(), true))
      ORDER BY l.bot_id FOR UPDATE OF l SKIP LOCKED
    ), moved AS (
      UPDATE positions p SET settled_through = r.settled_through, stop_loss = r.stop_loss, take_profit = r.take_profit, mark = r.mark, marked_at = r.marked_at, exit_plan = r.exit_plan
      FROM jsonb_to_recordset(${JSON.stringify(page.covered.flatMap(movedPositions))}::jsonb) AS r(id uuid, bot_id uuid,
        before timestamptz, settled_through timestamptz, stop_loss numeric, take_profit numeric, mark numeric, marked_at timestamptz, exit_plan jsonb)
      JOIN locked l ON l.bot_id = r.bot_id
      WHERE p.id = r.id AND p.settled_through = r.before AND p.closed_at IS NULL RETURNING p.bot_id
    ), whole AS MATERIALIZED (
      SELECT l.* FROM locked l LEFT JOIN (SELECT bot_id, count(*) AS count FROM moved GROUP BY bot_id) m USING (bot_id)
      WHERE l.moving = coalesce(m.count, 0)
    ), advanced AS (
      UPDATE bots b SET next_due = w.next_due FROM whole w
      WHERE b.id = w.bot_id AND ${HAS_CYCLES} AND b.settings_version = w.version AND b.next_due = w.before
      RETURNING b.id
    )`;
};
