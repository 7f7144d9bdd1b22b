import type { ActivityItem } from "~/contracts/overview-view";
import type { Database } from "../../db/client";
import { Prisma } from "../../db/prisma";
import { IS_ADDITION, LAST_FILL } from "../fill-facts";

type Amount = { toString(): string };

/** One thing that happened, with the parts that its sentence is made of. */
export type ActivityRow = Omit<ActivityItem, "amount" | "text" | "repeated"> & {
  readonly pair: string | null;
  readonly side: string | null;
  readonly quantity: Amount | null;
  readonly price: Amount | null;
  readonly tick: Amount | null;
  readonly net: Amount | null;
  /** The words of a refusal, an alert or an activity; the reason of an exit, also of a part. */
  readonly words: string | null;
  /** How long the cause of an alert lasted; null: it has not ended, or was momentary. */
  readonly lastedSeconds: number | null;
  /** The rule that refused, and what was wanted; of a change, the purpose of its order. */
  readonly rule: string | null;
  readonly action: string | null;
  /** Whether a position that closed had left in parts before. */
  readonly inParts: boolean;
  /** How many refusals in a row it stands for, and when the first was recorded. */
  readonly times: number;
  readonly since: Date;
};

/** How many refusals of a bot are looked at for each thing that is told: a row of equal ones is told as one. */
const REFUSALS_PER_THING = 5;
const ORDERS_PER_INTENT = 3;

type Asked = { readonly userId: string; readonly limit: number };

const INTENTS_LOOKED_AT = 5;

/**
 * The bots that the newest `limit` things can be of: as many, those to which something happened last. Whatever changed a
 * position filled an order.
 */
const stirred = ({ userId, limit }: Asked): Prisma.Sql => Prisma.sql`
      SELECT b.id, b.name FROM bots b CROSS JOIN LATERAL (SELECT greatest(
        (SELECT created_at FROM positions WHERE bot_id = b.id ORDER BY opened_at DESC LIMIT 1),
        (SELECT created_at FROM trades WHERE bot_id = b.id ORDER BY exited_at DESC LIMIT 1),
        (SELECT created_at FROM verdicts WHERE bot_id = b.id AND outcome = 'rejected' ORDER BY slot DESC LIMIT 1),
        (SELECT max(f.created_at) FROM (SELECT id FROM order_intents WHERE bot_id = b.id ORDER BY intended_at DESC LIMIT ${INTENTS_LOOKED_AT}) i
          CROSS JOIN LATERAL (SELECT id FROM orders WHERE intent_id = i.id ORDER BY created_at DESC LIMIT ${ORDERS_PER_INTENT}) o
          CROSS JOIN LATERAL (SELECT created_at FROM fills WHERE order_id = o.id ORDER BY filled_at DESC LIMIT 1) f)) AS at) n
      WHERE b.user_id = ${userId}::uuid AND b.status <> 'archived' ORDER BY n.at DESC NULLS LAST LIMIT ${limit}`;

/** The newest of each bot of `own` and kind, each by an index. */
const happened = ({ userId, limit }: Asked): Prisma.Sql => Prisma.sql`
      SELECT p.* FROM own CROSS JOIN LATERAL (
        SELECT 'trade-opened' AS kind, p.id, p.bot_id, p.opened_at AS at, p.created_at, p.market_id, p.side::text AS side,
          coalesce(t.quantity, p.quantity) AS quantity, p.entry_price AS price, NULL::numeric AS net, NULL AS words, NULL AS rule, NULL AS action,
          NULL::uuid AS cycle_id, p.id AS position_id
        FROM positions p LEFT JOIN trades t ON t.position_id = p.id
        WHERE p.bot_id = own.id ORDER BY p.opened_at DESC LIMIT ${limit}) p
      UNION ALL
      SELECT t.* FROM own CROSS JOIN LATERAL (
        SELECT 'trade-closed', t.position_id AS id, t.bot_id, t.exited_at, t.created_at, t.market_id, t.side::text, t.quantity,
          t.exit_price, t.realized_pnl, t.exit_reason, NULL, NULL, NULL::uuid, t.position_id
        FROM trades t WHERE t.bot_id = own.id ORDER BY t.exited_at DESC LIMIT ${limit}) t
      UNION ALL
      -- Each thing that is told of a bot's trades is an order: more of its orders need not be looked at.
      SELECT c.* FROM own CROSS JOIN LATERAL (
        SELECT 'trade-changed', o.id, i.bot_id, f.filled_at, f.created_at, i.market_id, i.position_side::text, o.filled_quantity,
          o.average_price, NULL::numeric, i.kind, NULL, i.purpose::text, i.cycle_id, f.position_id
        FROM (SELECT * FROM order_intents WHERE bot_id = own.id ORDER BY intended_at DESC LIMIT ${limit}) i
        -- Limits make the planner go by the indexes, whatever it takes the tables for.
        CROSS JOIN LATERAL (SELECT * FROM orders WHERE intent_id = i.id ORDER BY created_at DESC LIMIT ${ORDERS_PER_INTENT}) o
        CROSS JOIN LATERAL (SELECT * FROM fills WHERE order_id = o.id ORDER BY filled_at DESC LIMIT 1) f
        WHERE CASE i.purpose WHEN 'leg' THEN true WHEN 'entry' THEN ${IS_ADDITION} ELSE f.id <> ${LAST_FILL}
          OR (SELECT t.position_id FROM trades t WHERE t.position_id = f.position_id) IS NULL END) c
      UNION ALL
      SELECT v.* FROM own CROSS JOIN LATERAL (
        SELECT 'refused', v.decision_id, v.bot_id, v.created_at AS at, v.created_at, d.market_id, d.side::text, NULL::numeric,
          NULL::numeric, NULL::numeric, v.reason, v.rule, d.action::text, d.cycle_id, NULL::uuid
        FROM verdicts v JOIN decisions d ON d.id = v.decision_id
        WHERE v.bot_id = own.id AND v.outcome = 'rejected' ORDER BY v.slot DESC LIMIT ${limit * REFUSALS_PER_THING}) v
      UNION ALL
      (SELECT 'alert', id, bot_id, created_at, created_at, NULL, NULL, NULL, NULL, NULL, message, NULL, NULL, NULL, NULL
        FROM alerts WHERE user_id = ${userId}::uuid ORDER BY created_at DESC LIMIT ${limit})
      UNION ALL
      (SELECT CASE WHEN bot_id IS NULL THEN 'venue' ELSE 'bot' END, id, bot_id, created_at, created_at, NULL, NULL, NULL, NULL,
        NULL, text, NULL, NULL, NULL, NULL
        FROM activities WHERE user_id = ${userId}::uuid ORDER BY created_at DESC LIMIT ${limit})`;

/**
 * The newest `limit` things of a user's bots, in the order in which they were recorded, newest first. Refusals of the same
 * wish by the same rule with nothing else of that bot and pair between them are one thing, as new as the last of them and
 * named after what was before them, so that it stays the same while it grows.
 */
export const selectActivity = (db: Database, asked: Asked): Promise<ActivityRow[]> => db.$queryRaw<ActivityRow[]>`
    WITH own AS MATERIALIZED (${stirred(asked)}),
    happened AS (${happened(asked)}),
    following AS (
      SELECT *, lag(id) OVER w AS before,
        kind = 'refused' AND (kind, rule, action, side) IS NOT DISTINCT FROM (lag(kind) OVER w, lag(rule) OVER w, lag(action) OVER w, lag(side) OVER w) AS is_again
      FROM happened WINDOW w AS (PARTITION BY bot_id, market_id ORDER BY created_at, kind, id)),
    numbered AS (
      SELECT *, count(*) FILTER (WHERE NOT is_again) OVER (PARTITION BY bot_id, market_id ORDER BY created_at, kind, id) AS run FROM following),
    told AS (
      SELECT DISTINCT ON (bot_id, market_id, run) *, count(*) OVER same AS times, min(created_at) OVER same AS since, first_value(before) OVER (same ORDER BY created_at, kind, id) AS after
      FROM numbered WINDOW same AS (PARTITION BY bot_id, market_id, run)
      ORDER BY bot_id, market_id, run, created_at DESC, kind DESC, id DESC)
    SELECT h.kind, CASE h.kind WHEN 'refused' THEN concat_ws(':', h.bot_id, h.market_id, coalesce(h.after::text, 'first')) ELSE h.id::text END AS id,
      h.at, h.times::int AS times, h.since, h.bot_id AS "botId", b.name AS "botName", m.pair, m.tick, h.side, coalesce(i.quantity, h.quantity) AS quantity,
      coalesce(i.price, h.price) AS price, h.net, h.words, coalesce(h.kind = 'trade-closed' AND i.exits > 1, false) AS "inParts",
      h.rule, h.action, extract(epoch FROM l.ended_at - l.created_at)::int AS "lastedSeconds", coalesce(h.cycle_id, i.cycle_id) AS "cycleId", h.position_id AS "positionId"
    FROM (SELECT * FROM told ORDER BY created_at DESC, kind, id DESC LIMIT ${asked.limit}) h
    LEFT JOIN alerts l ON h.kind = 'alert' AND l.id = h.id LEFT JOIN bots b ON b.id = h.bot_id LEFT JOIN markets m ON m.id = h.market_id
    -- A position is opened by its first order, whatever was added to it.
    LEFT JOIN LATERAL (SELECT i.cycle_id, CASE h.kind WHEN 'trade-opened' THEN o.filled_quantity END AS quantity,
        CASE h.kind WHEN 'trade-opened' THEN o.average_price END AS price,
        count(*) FILTER (WHERE i.purpose NOT IN ('entry', 'leg')) OVER () AS exits
      FROM fills f JOIN orders o ON o.id = f.order_id JOIN order_intents i ON i.id = o.intent_id
      WHERE h.kind IN ('trade-opened', 'trade-closed') AND f.position_id = h.position_id AND i.purpose <> 'leg'
        AND (i.purpose = 'entry') = (h.kind = 'trade-opened')
      ORDER BY f.filled_at LIMIT 1) i ON true
    ORDER BY h.created_at DESC, h.kind, h.id DESC`;
