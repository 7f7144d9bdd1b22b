import { Prisma } from "../db/prisma";

const LAST_EXIT = "the last exit";

const balances = (bot: Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT account || ' in ' || currency AS name, k.amount::text AS kept, f.amount::text AS fold, true AS "isSum"
  FROM (SELECT account, currency, amount FROM bot_balances WHERE bot_id = ${bot}) k
  FULL JOIN (SELECT account, currency, sum(amount) AS amount FROM fresh GROUP BY account, currency) f
    USING (account, currency)`;

/** All that a bot has of its account is in its books. */
const allotment = (bot: Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT 'the allotment' AS name, b.allotment::text AS kept, (-f.amount)::text AS fold, true AS "isSum"
  FROM bots b, (SELECT sum(amount) AS amount FROM fresh WHERE account = 'capital') f WHERE b.id = ${bot}`;

const memory = (bot: Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT v.name, v.a::text AS kept, v.b::text AS fold, false AS "isSum"
  FROM (SELECT) one LEFT JOIN equity_memories k ON k.bot_id = ${bot} LEFT JOIN equity_memory_of(${bot}) f ON true
  CROSS JOIN LATERAL (VALUES
    ('the time of the last point', extract(epoch FROM k.at) * 1000, extract(epoch FROM f.at) * 1000),
    ('the last equity', k.equity, f.equity), ('the peak', k.peak, f.peak),
    ('the start of the day', k.day_start, f.day_start), ('the low of the day', k.day_low, f.day_low)) v (name, a, b)`;

const totals = (bot: Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT v.name, v.a::text AS kept, v.b::text AS fold, v.name <> ${LAST_EXIT} AS "isSum"
  FROM (SELECT) one LEFT JOIN trade_totals k ON k.bot_id = ${bot} LEFT JOIN (
    SELECT count(*) AS trades, count(*) FILTER (WHERE realized_pnl > 0) AS wins, count(*) FILTER (WHERE realized_pnl < 0) AS losses,
      sum(gross_pnl) AS gross_pnl, sum(slippage) AS slippage, sum(fees) AS fees, sum(funding) AS funding, sum(realized_pnl) AS realized_pnl,
      sum(greatest(realized_pnl, 0)) AS won, sum(least(realized_pnl, 0)) AS lost
    FROM ended HAVING count(*) > 0) f ON true
  CROSS JOIN LATERAL (SELECT max(exited_at) AS at FROM trades WHERE bot_id = ${bot}) e
  CROSS JOIN LATERAL (VALUES ('trades', k.trades, f.trades), ('wins', k.wins, f.wins), ('losses', k.losses, f.losses),
    ('the gross result of trades', k.gross_pnl, f.gross_pnl), ('the slippage of trades', k.slippage, f.slippage),
    ('fees of trades', k.fees, f.fees), ('the funding of trades', k.funding, f.funding),
    ('the net result of trades', k.realized_pnl, f.realized_pnl), ('what was won', k.won, f.won), ('what was lost', k.lost, f.lost),
    (${LAST_EXIT}, extract(epoch FROM k.last_exit_at) * 1000, extract(epoch FROM e.at) * 1000)) v (name, a, b)`;

const refusals = (bot: Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT 'refusals by ' || rule AS name, k.refusals::text AS kept, f.refusals::text AS fold, true AS "isSum"
  FROM (SELECT rule, refusals FROM refusal_counts WHERE bot_id = ${bot}) k
  FULL JOIN (SELECT rule, count(*) AS refusals FROM refused GROUP BY rule) f USING (rule)`;

/** The number of each trade as all of them tell it, or of those that ended since, by the one before each. */
const numbersOf = (bot: Prisma.Sql, isSince: boolean): Prisma.Sql =>
  isSince
    ? Prisma.sql`(SELECT e.position_id, CASE WHEN e.realized_pnl < 0 THEN 1 + coalesce((
        SELECT b.losses_in_row FROM trades b WHERE b.bot_id = ${bot} AND b.exited_at <= e.exited_at
          AND (b.exited_at, b.market_id, b.position_id) < (e.exited_at, e.market_id, e.position_id)
        ORDER BY b.exited_at DESC, b.market_id DESC, b.position_id DESC LIMIT 1), 0) ELSE 0 END AS losses FROM ended e)`
    : Prisma.sql`losses_in_row_of(${bot})`;

const runs = (bot: Prisma.Sql, isSince: boolean): Prisma.Sql => Prisma.sql`
  SELECT 'losses in a row with trade ' || t.position_id AS name, t.losses_in_row::text AS kept, n.losses::text AS fold,
    false AS "isSum"
  FROM ended t JOIN ${numbersOf(bot, isSince)} n ON n.position_id = t.position_id WHERE t.losses_in_row <> n.losses`;

/**
 * Each figure that is kept of a bot, beside the fold of the rows in scope (books-scope) that it is of, where that is a
 * sum, and of all of them where it is not; of numbered trades only those that differ.
 */
export const keptPart = (bot: Prisma.Sql, isSince: boolean): Prisma.Sql => Prisma.sql`
  'kept', (SELECT coalesce(json_agg(s), '[]') FROM (${Prisma.join(
    [balances(bot), allotment(bot), memory(bot), totals(bot), refusals(bot), runs(bot, isSince)],
    " UNION ALL ",
  )}) s)`;
