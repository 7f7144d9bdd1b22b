import { Prisma } from "../db/prisma";

const balances = (bot: Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT account || ' in ' || currency AS name, k.amount::text AS kept, f.amount::text AS fold
  FROM (SELECT account, currency, amount FROM bot_balances WHERE bot_id = ${bot}) k
  FULL JOIN (SELECT account, currency, sum(amount) AS amount FROM ledger_entries WHERE bot_id = ${bot} GROUP BY account, currency) f
    USING (account, currency)`;

const memory = (bot: Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT v.name, v.a::text AS kept, v.b::text AS fold
  FROM (SELECT) one LEFT JOIN equity_memories k ON k.bot_id = ${bot} LEFT JOIN equity_memory_of(${bot}) f ON true
  CROSS JOIN LATERAL (VALUES
    ('the time of the last point', extract(epoch FROM k.at) * 1000, extract(epoch FROM f.at) * 1000),
    ('the last equity', k.equity, f.equity), ('the peak', k.peak, f.peak),
    ('the start of the day', k.day_start, f.day_start), ('the low of the day', k.day_low, f.day_low)) v (name, a, b)`;

const totals = (bot: Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT v.name, v.a::text AS kept, v.b::text AS fold
  FROM (SELECT) one LEFT JOIN trade_totals k ON k.bot_id = ${bot} LEFT JOIN (
    SELECT count(*) AS trades, count(*) FILTER (WHERE realized_pnl > 0) AS wins, count(*) FILTER (WHERE realized_pnl < 0) AS losses,
      sum(gross_pnl) AS gross_pnl, sum(slippage) AS slippage, sum(fees) AS fees, sum(funding) AS funding, sum(realized_pnl) AS realized_pnl,
      sum(greatest(realized_pnl, 0)) AS won, sum(least(realized_pnl, 0)) AS lost, max(exited_at) AS last_exit_at
    FROM trades WHERE bot_id = ${bot} HAVING count(*) > 0) f ON true
  CROSS JOIN LATERAL (VALUES ('trades', k.trades, f.trades), ('wins', k.wins, f.wins), ('losses', k.losses, f.losses),
    ('the gross result of trades', k.gross_pnl, f.gross_pnl), ('the slippage of trades', k.slippage, f.slippage),
    ('fees of trades', k.fees, f.fees), ('the funding of trades', k.funding, f.funding),
    ('the net result of trades', k.realized_pnl, f.realized_pnl), ('what was won', k.won, f.won), ('what was lost', k.lost, f.lost),
    ('the last exit', extract(epoch FROM k.last_exit_at) * 1000, extract(epoch FROM f.last_exit_at) * 1000)) v (name, a, b)`;

const runs = (bot: Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT 'losses in a row with trade ' || t.position_id AS name, t.losses_in_row::text AS kept, n.losses::text AS fold
  FROM trades t JOIN losses_in_row_of(${bot}) n ON n.position_id = t.position_id
  WHERE t.bot_id = ${bot} AND t.losses_in_row <> n.losses`;

/** Each figure that is kept of a bot, beside the fold of the rows that it is of; of numbered trades only those that differ. */
export const keptPart = (bot: Prisma.Sql): Prisma.Sql => Prisma.sql`
  'kept', (SELECT coalesce(json_agg(s), '[]') FROM (
    ${balances(bot)} UNION ALL ${memory(bot)} UNION ALL ${totals(bot)} UNION ALL ${runs(bot)}) s)`;
