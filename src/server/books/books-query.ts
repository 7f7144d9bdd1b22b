import { Prisma } from "../db/prisma";
import type { Transaction } from "../db/client";
import type { BooksJson, OrdersJson } from "./books-json";
import { isSince, scopeOf, type Part, type Scope } from "./books-scope";
import { keptPart } from "./kept-query";
import { isSlotSql, slotsDueSql } from "./slots-due-sql";

const moneyPart = (bot: Prisma.Sql): Prisma.Sql => Prisma.sql`
  'balances', (SELECT coalesce(json_object_agg(account, total), '{}') FROM
    (SELECT account, sum(amount)::text AS total FROM fresh GROUP BY account) s),
  'postedThrough', (SELECT (extract(epoch FROM max(posted_at)) * 1000)::bigint FROM ledger_entries WHERE bot_id = ${bot}),
  'ledgerThrough', (SELECT coalesce(max(id), 0)::text FROM ledger_entries WHERE bot_id = ${bot}),
  'refusedThrough', (SELECT (extract(epoch FROM max(slot)) * 1000)::bigint FROM verdicts
    WHERE bot_id = ${bot} AND outcome = 'rejected'),
  'unbalanced', (SELECT coalesce(json_agg(id), '[]') FROM
    (SELECT transaction_id AS id FROM fresh GROUP BY transaction_id, currency HAVING sum(amount) <> 0) s),
  'equity', (SELECT coalesce(json_agg(p ORDER BY p.at), '[]') FROM last_points p),
  'movement', (SELECT coalesce(json_object_agg(account, total), '{}') FROM
    (SELECT account, sum(amount)::text AS total FROM ledger_entries
      WHERE bot_id = ${bot} AND posted_at > (SELECT min(stamp) FROM last_points) AND posted_at <= (SELECT max(stamp) FROM last_points)
      GROUP BY account) s)`;

const openPart = (bot: Prisma.Sql): Prisma.Sql => Prisma.sql`
  'openPositions', (SELECT coalesce(json_agg(s), '[]') FROM (
    SELECT p.id, m.pair, p.side, p.quantity::text, p.entry_price::text AS "entryPrice", p.leverage::text, p.margin::text,
      p.stop_loss::text AS "stopLoss", p.take_profit::text AS "takeProfit", p.mark::text,
      (extract(epoch FROM p.opened_at) * 1000)::bigint AS "openedAt",
      (extract(epoch FROM p.settled_through) * 1000)::bigint AS "settledThrough",
      (extract(epoch FROM p.marked_at) * 1000)::bigint AS "markedAt",
      (p.exit_plan->>'stopMovedAt')::bigint AS "stopMovedAt", p.settings_version AS "settingsVersion"
    FROM positions p JOIN markets m ON m.id = p.market_id WHERE p.bot_id = ${bot} AND p.closed_at IS NULL) s)`;

const orderPart = (bot: Prisma.Sql): Prisma.Sql => Prisma.sql`
  'positions', (SELECT coalesce(json_agg(s), '[]') FROM (
    SELECT p.id, p.side, p.closed_at IS NOT NULL AS "isClosed", p.quantity::text, p.entry_price::text AS "entryPrice",
      coalesce(f."entryQuantity", 0)::text AS "entryQuantity", coalesce(f."entryValue", 0)::text AS "entryValue",
      coalesce(f."exitQuantity", 0)::text AS "exitQuantity", coalesce(f."exitValue", 0)::text AS "exitValue",
      coalesce(f."entryFills", 0)::int AS "entryFills", coalesce(f."exitFills", 0)::int AS "exitFills",
      coalesce(l.pnl, 0)::text AS "realizedPnl"
    FROM touched JOIN positions p USING (id) LEFT JOIN
      (SELECT x.position_id, sum(x.quantity) FILTER (WHERE x.is_entry) AS "entryQuantity",
        sum(x.quantity * x.price) FILTER (WHERE x.is_entry) AS "entryValue", count(*) FILTER (WHERE x.is_entry) AS "entryFills",
        sum(x.quantity) FILTER (WHERE NOT x.is_entry) AS "exitQuantity",
        sum(x.quantity * x.price) FILTER (WHERE NOT x.is_entry) AS "exitValue", count(*) FILTER (WHERE NOT x.is_entry) AS "exitFills"
      FROM (SELECT f.position_id, f.quantity, f.price, (f.side = 'buy') = (q.side = 'long') AS is_entry
        FROM touched t JOIN positions q ON q.id = t.id JOIN fills f ON f.position_id = q.id) x GROUP BY x.position_id) f ON f.position_id = p.id
    LEFT JOIN (SELECT l.position_id, -sum(l.amount) AS pnl FROM touched t JOIN ledger_entries l ON l.position_id = t.id
      WHERE l.bot_id = ${bot} AND l.account = 'realized-pnl' GROUP BY l.position_id) l ON l.position_id = p.id
    WHERE p.bot_id = ${bot}) s),
  'orders', (SELECT coalesce(json_agg(s), '[]') FROM (
    SELECT o.client_order_id AS "clientOrderId", o.status, o.quantity::text, o.filled_quantity::text AS "filledQuantity",
      coalesce((SELECT sum(f.quantity) FROM fills f WHERE f.order_id = o.id), 0)::text AS "fillsQuantity"
    FROM asked i JOIN orders o ON o.intent_id = i.id) s),
  'entries', (SELECT coalesce(json_agg(s), '[]') FROM (
    SELECT i.client_order_id AS "clientOrderId", i.cycle_id AS "cycleId", i.position_side AS side,
      (extract(epoch FROM i.intended_at) * 1000)::bigint AS at, i.leverage::text, i.quantity::text,
      v.quantity::text AS "judgedQuantity", v.outcome AS verdict, i.stop_loss::text AS "stopLoss",
      o.price::text, (SELECT c.settings_version FROM cycles c WHERE c.id = i.cycle_id) AS "settingsVersion",
      (SELECT count(*)::int FROM jsonb_array_elements(coalesce(v.checks, '[]')) c WHERE c ->> 'outcome' = 'fail') AS "failedChecks"
    FROM asked JOIN order_intents i USING (id) LEFT JOIN verdicts v ON v.decision_id = i.decision_id
    LEFT JOIN LATERAL (SELECT CASE WHEN bool_and(f.filled_at = i.intended_at) THEN sum(f.price * f.quantity) / sum(f.quantity) END AS price
      FROM orders o JOIN fills f ON f.order_id = o.id WHERE o.intent_id = i.id) o ON true
    WHERE i.purpose = 'entry') s)`;

const lastBefore = (bot: Prisma.Sql, from: Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT (extract(epoch FROM greatest(
    (SELECT max(intended_at) FROM order_intents WHERE bot_id = ${bot} AND intended_at < ${from}),
    (SELECT max(opened_at) FROM positions WHERE bot_id = ${bot} AND opened_at < ${from}))) * 1000)::bigint`;

const earlierPart = (bot: Prisma.Sql, scope: Scope): Prisma.Sql =>
  isSince(scope)
    ? Prisma.sql`'earlier', NULL`
    : Prisma.sql`'earlier', (${lastBefore(bot, Prisma.sql`${new Date(scope.from)}::timestamptz`)})`;

/** Ids that stand twice: of all orders and fills, or of those in scope. */
const idPart = (bot: Prisma.Sql, scope: Scope): Prisma.Sql => {
  const intents = isSince(scope) ? Prisma.sql`asked i` : Prisma.sql`order_intents i`;
  const positions = isSince(scope) ? Prisma.sql`touched p` : Prisma.sql`positions p`;
  const isOwn = (of: Prisma.Sql): Prisma.Sql => (isSince(scope) ? Prisma.sql`true` : Prisma.sql`${of}.bot_id = ${bot}`);
  return Prisma.sql`
  'repeatedClientOrderIds', (SELECT coalesce(json_agg(id), '[]') FROM (SELECT o.client_order_id AS id FROM ${intents}
    JOIN orders o ON o.intent_id = i.id WHERE ${isOwn(Prisma.sql`i`)} GROUP BY o.client_order_id HAVING count(*) > 1) s),
  'repeatedFillIds', (SELECT coalesce(json_agg(id), '[]') FROM (SELECT f.venue_fill_id AS id FROM ${positions}
    JOIN fills f ON f.position_id = p.id WHERE ${isOwn(Prisma.sql`p`)}
    GROUP BY f.account_id, f.market_id, f.venue_fill_id HAVING count(*) > 1) s)`;
};

/**
 * Slots and epochs of the last three days before `at`, as far as no cycle of them was thinned: older ones were checked
 * earlier. A run that a command started between two slots is none of them.
 */
const cyclePart = (bot: Prisma.Sql, at: Prisma.Sql): Prisma.Sql => Prisma.sql`
  'slots', (SELECT json_build_object(
    'expected', CASE WHEN t.first IS NULL THEN 0 ELSE ${slotsDueSql(Prisma.sql`t.first`, Prisma.sql`b.next_due`)} END,
    'recorded', t.recorded, 'doubled', t.doubled, 'unfinished', t.unfinished)
    FROM bots b CROSS JOIN LATERAL (SELECT min(c.slot) AS first, coalesce(sum(coalesce(c.missed_count, 1)), 0)::int AS recorded,
      count(*)::int - count(DISTINCT c.slot)::int AS doubled,
      count(*) FILTER (WHERE c.status IN ('due', 'running') AND c.slot < ${at})::int AS unfinished
      FROM cycles c WHERE c.bot_id = b.id AND c.slot > ${at} - interval '3 days' AND c.slot >= coalesce(
        (SELECT max(day) + 1 FROM cycle_days WHERE bot_id = ${bot})::timestamp AT TIME ZONE 'UTC', '-infinity')
      AND (c.command_id IS NULL OR ${isSlotSql(Prisma.sql`c.slot`)})) t
    WHERE b.id = ${bot}),
  'lease', (SELECT json_build_object('epoch', l.epoch::int, 'highestCycleEpoch', coalesce(max(c.epoch), 0)::int,
    'repeatedEpochs', (count(c.epoch) - count(DISTINCT c.epoch))::int,
    'runningCycles', count(*) FILTER (WHERE c.status = 'running')::int)
    FROM bot_leases l LEFT JOIN cycles c ON c.bot_id = l.bot_id AND c.slot > ${at} - interval '3 days' WHERE l.bot_id = ${bot} GROUP BY l.bot_id)`;

type Asked = { readonly botId: string; readonly at: number; readonly scope: Scope };

/** One query, so that all rows are of one moment. */
export const readBooksJson = async (db: Transaction, { botId, at, scope }: Asked): Promise<BooksJson> => {
  const bot = Prisma.sql`${botId}::uuid`;
  const slot = Prisma.sql`${new Date(at)}::timestamptz`;
  const [row] = await db.$queryRaw<[{ books: BooksJson }]>`
    WITH last_points AS (
      SELECT at AS stamp, (extract(epoch FROM at) * 1000)::bigint AS at, equity::text, cash::text, margin::text,
        unrealized_pnl::text AS "unrealizedPnl"
      FROM equity_points WHERE bot_id = ${bot} AND at <= ${slot} ORDER BY equity_points.at DESC LIMIT 2),
    ${scopeOf(bot, scope)}
    SELECT json_build_object(${moneyPart(bot)}, ${openPart(bot)}, ${orderPart(bot)}, ${earlierPart(bot, scope)}, ${idPart(bot, scope)},
      ${keptPart(bot, isSince(scope))}, ${cyclePart(bot, slot)}) AS books`;
  return row.books;
};

/** A part of a bot's orders and positions. */
export const readOrdersJson = async (
  db: Transaction,
  { botId, part }: { readonly botId: string; readonly part: Part },
): Promise<OrdersJson> => {
  const bot = Prisma.sql`${botId}::uuid`;
  const [row] = await db.$queryRaw<[{ orders: OrdersJson }]>`
    WITH ${scopeOf(bot, part)} SELECT json_build_object(${orderPart(bot)}, ${earlierPart(bot, part)}) AS orders`;
  return row.orders;
};
