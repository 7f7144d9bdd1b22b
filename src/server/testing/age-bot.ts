import type { Database } from "../db/client";
import { FIRST_SLOT } from "./books-fixture";

/** How many rows a bot is given that it never lived. */
export type Age = { readonly postings: number; readonly points: number; readonly trades: number };

const END = `'${new Date(FIRST_SLOT - 2 * 86_400_000).toISOString()}'::timestamptz`;
const KEEPING = { ledger_entries: "keep_balances", equity_points: "keep_memory", trades: "keep_totals" };

/**
 * One statement list, for the owner of the tables, that gives a bot a past which ends two days before the first slot and
 * leaves its capital as it is: postings of two lines, points five minutes apart, trades that all lost by a stop, and an
 * entry for each. What the rows belong to is not there; what is kept of them follows.
 */
export const agingSql = (
  { botId, marketId }: { readonly botId: string; readonly marketId: number },
  { postings, points, trades }: Age,
): string => {
  const bot = `'${botId}'::uuid`;
  const switchTo = (state: string): string =>
    Object.entries(KEEPING)
      .map(([table, name]) => `ALTER TABLE ${table} ${state} TRIGGER ${table}_${name};`)
      .join("\n");
  return `SET LOCAL session_replication_role = replica;
    ${switchTo("ENABLE ALWAYS")}
    INSERT INTO ledger_entries (transaction_id, bot_id, account, currency, amount, posted_at)
      SELECT 'aged:' || n, ${bot}, l.account::"LedgerAccount", 'USDT', l.sign * (1 - 2 * (n % 2)), ${END} - n * interval '1 minute'
      FROM generate_series(1, ${postings}) n, (VALUES ('cash', -1), ('fees', 1)) l (account, sign);
    INSERT INTO equity_points (bot_id, at, equity, cash, margin, unrealized_pnl, peak)
      SELECT ${bot}, ${END} - n * interval '5 minutes', 10000, 10000, 0, 0, 10000 FROM generate_series(1, ${points}) n;
    INSERT INTO trades (position_id, bot_id, market_id, side, quantity, entry_price, exit_price, entered_at, exited_at,
        gross_pnl, fees, funding, slippage, realized_pnl, exit_reason)
      SELECT gen_random_uuid(), ${bot}, ${marketId}, 'long', 1, 100, 99, at - interval '1 hour', at, -1, 0, 0, 0, -1, 'stop-loss'
      FROM (SELECT ${END} - n * interval '1 hour' AS at FROM generate_series(1, ${trades}) n) t;
    INSERT INTO order_intents (id, bot_id, decision_id, market_id, client_order_id, purpose, kind, side, position_side,
        quantity, leverage, stop_loss, decided_candle, intended_at)
      SELECT gen_random_uuid(), ${bot}, gen_random_uuid(), ${marketId}, md5('aged:' || n), 'entry', 'market', 'buy', 'long', 1, 1, 99,
        ${END} - (n + 1) * interval '1 hour', ${END} - n * interval '1 hour' FROM generate_series(1, ${trades}) n;
    ${switchTo("DISABLE")}
    ${switchTo("ENABLE")}
    ANALYZE;
    SELECT pg_stat_force_next_flush()`;
};

/** How many rows and index entries this database was asked for so far. Of its connections, the asked one is up to date. */
export const countRowsRead = async (db: Database): Promise<number> => {
  await db.$queryRaw`SELECT pg_stat_force_next_flush()::text`;
  const [row] = await db.$queryRaw<[{ read: number }]>`
    SELECT ((SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) FROM pg_stat_user_tables)
      + (SELECT sum(idx_tup_read) FROM pg_stat_user_indexes))::float8 AS read`;
  return row.read;
};
