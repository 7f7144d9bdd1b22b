import type { Database } from "../db/client";
import { FIRST_SLOT } from "./books-fixture";

/**
 * How many rows a bot is given that it never lived. Each trade brings two orders, five ledger lines and ten cycles, of
 * which one was refused; each posting brings two lines.
 */
export type Age = { readonly postings: number; readonly points: number; readonly trades: number };

const at = (daysBefore: number): string =>
  `'${new Date(FIRST_SLOT - daysBefore * 86_400_000).toISOString()}'::timestamptz`;
const END = at(2);
/** Earlier than the slots that an audit accounts for, and than most of the days whose cycles are not thinned. */
const CYCLES_END = at(27);
const KEEPING = {
  ledger_entries: "keep_balances",
  equity_points: "keep_memory",
  trades: "keep_totals",
  verdicts: "keep_refusals",
};

const switchTo = (state: string): string =>
  Object.entries(KEEPING)
    .map(([table, name]) => `ALTER TABLE ${table} ${state} TRIGGER ${table}_${name};`)
    .join("\n");

/** An id of the n-th thing of a kind that a bot has: SQL. */
const idOf = (kind: string, botId: string, n: string): string =>
  `overlay(overlay(md5('${kind}${botId}' || ${n}) placing '7' from 13) placing '8' from 17)::uuid`;

/** Trade n ended 50 minutes after trade n + 1: the older half won by a target, the later half lost by a stop. */
const tradesOf = (botId: string, trades: number): string => `
  (SELECT n, ${CYCLES_END} - n * interval '50 minutes' AS entered, ${CYCLES_END} - (n - 1) * interval '50 minutes' AS exited,
    CASE WHEN n > ${trades / 2} THEN 1 ELSE -1 END AS pnl, ${idOf("p", botId, "n")} AS position,
    ${idOf("d", botId, "n")} AS decision, ${idOf("c", botId, "n * 10")} AS cycle, ${idOf("e", botId, "n")} AS entry,
    ${idOf("x", botId, "n")} AS exit, ${idOf("f", botId, "n")} AS entry_fill, ${idOf("g", botId, "n")} AS exit_fill,
    md5('e${botId}' || n) AS entry_client, md5('x${botId}' || n) AS exit_client
  FROM generate_series(1, ${trades}) n)`;

type Aged = { readonly botId: string; readonly marketId: number };

const cyclesSql = ({ botId, marketId }: Aged, trades: number): string => `
  INSERT INTO cycles (id, bot_id, slot, status, settings_version, planned_at, started_at, ended_at)
    SELECT ${idOf("c", botId, "n")}, '${botId}', slot, 'done', 1, slot, slot, slot
    FROM (SELECT n, ${CYCLES_END} - n * interval '5 minutes' AS slot FROM generate_series(1, ${trades * 10}) n) c;
  INSERT INTO cycle_days (bot_id, day, done)
    SELECT bot_id, (slot AT TIME ZONE 'UTC')::date, count(*) FROM cycles
    WHERE bot_id = '${botId}' AND slot < date_trunc('day', ${at(30)}, 'UTC') GROUP BY 1, 2;
  CREATE TEMPORARY TABLE wishes ON COMMIT DROP AS
    SELECT decision, cycle, entered AS slot, 'approved' AS outcome, NULL AS rule FROM ${tradesOf(botId, trades)} t
    UNION ALL SELECT ${idOf("r", botId, "n")}, ${idOf("c", botId, "n * 10 - 5")},
      ${CYCLES_END} - (n * 10 - 5) * interval '5 minutes', 'rejected', 'rule-' || n % 20 FROM generate_series(1, ${trades}) n;
  INSERT INTO decisions (id, cycle_id, market_id, sequence, action, side, decided_candle, score, size_fraction, leverage,
      entry_price, stop_loss, take_profit, reason_code, reason_text)
    SELECT decision, cycle, ${marketId}, 1, 'open', 'long', slot, 0.9, 0.06, 1, 100, 99, 101, 'entry', 'aged' FROM wishes;
  INSERT INTO verdicts (decision_id, bot_id, slot, outcome, rule, reason, quantity, checks)
    SELECT decision, '${botId}', slot, outcome::"VerdictOutcome", rule, 'aged', 1, '[]' FROM wishes;`;

const ordersSql = ({ botId, marketId }: Aged, trades: number): string => `
  INSERT INTO order_intents (id, bot_id, cycle_id, decision_id, market_id, client_order_id, purpose, kind, side,
      position_side, quantity, leverage, stop_loss, take_profit, decided_candle, intended_at)
    SELECT entry, '${botId}', cycle, decision, ${marketId}, entry_client, 'entry', 'market', 'buy', 'long', 1, 1, 99, 101,
      entered, entered FROM ${tradesOf(botId, trades)} t;
  INSERT INTO order_intents (id, bot_id, position_id, market_id, client_order_id, purpose, kind, side, position_side,
      quantity, leverage, intended_at)
    SELECT exit, '${botId}', position, ${marketId}, exit_client, 'protective', 'stop-loss', 'sell', 'long', 1, 1, exited
    FROM ${tradesOf(botId, trades)} t;
  INSERT INTO orders (id, intent_id, account_id, client_order_id, status, quantity, filled_quantity, average_price)
    SELECT i.id, i.id, b.account_id, i.client_order_id, 'filled', 1, 1, 100
    FROM order_intents i JOIN bots b ON b.id = i.bot_id WHERE b.id = '${botId}';
  INSERT INTO fills (id, order_id, position_id, account_id, market_id, venue_id, venue_fill_id, side, price, quantity, fee,
      fee_currency, slippage, filled_at)
    SELECT f.id, f.order_id, t.position, b.account_id, ${marketId}, b.venue_id, f.id::text, f.side::"OrderSide", f.price, 1, 0,
      'USDT', 0, f.at
    FROM bots b, ${tradesOf(botId, trades)} t CROSS JOIN LATERAL (VALUES (entry_fill, entry, 'buy', 100, entered),
      (exit_fill, exit, 'sell', 100 + pnl, exited)) f (id, order_id, side, price, at) WHERE b.id = '${botId}';`;

const positionsSql = ({ botId, marketId }: Aged, trades: number): string => `
  INSERT INTO positions (id, bot_id, account_id, account_kind, market_id, side, quantity, entry_price, leverage, margin,
      stop_loss, take_profit, settings_version, exit_plan, opened_at, closed_at, settled_through, mark, marked_at)
    SELECT position, '${botId}', b.account_id, 'paper', ${marketId}, 'long', 0, 100, 1, 0, 99, 101, 1, '{"version": 1, "stopLoss": "99", "takeProfit": "101", "trailLevel": null, "remainingLegs": [], "filledTargets": []}', entered, exited,
      exited, 100, exited FROM bots b, ${tradesOf(botId, trades)} t WHERE b.id = '${botId}';
  INSERT INTO trades (position_id, bot_id, market_id, side, quantity, entry_price, exit_price, entered_at, exited_at,
      gross_pnl, fees, funding, slippage, realized_pnl, exit_reason)
    SELECT position, '${botId}', ${marketId}, 'long', 1, 100, 100 + pnl, entered, exited, pnl, 0, 0, 0, pnl,
      CASE WHEN pnl < 0 THEN 'stop-loss' ELSE 'take-profit' END FROM ${tradesOf(botId, trades)} t;
  INSERT INTO ledger_entries (transaction_id, bot_id, account, currency, amount, position_id, fill_id, posted_at)
    SELECT 'fill:' || l.fill, '${botId}', l.account::"LedgerAccount", 'USDT', l.amount, position, l.fill, l.at
    FROM ${tradesOf(botId, trades)} t CROSS JOIN LATERAL (VALUES
      (entry_fill, 'cash', -100, entered), (entry_fill, 'margin', 100, entered), (exit_fill, 'margin', -100, exited),
      (exit_fill, 'cash', 100 + pnl, exited), (exit_fill, 'realized-pnl', -pnl, exited)) l (fill, account, amount, at)
    ORDER BY n DESC, l.at;`;

/**
 * One statement list, for the owner of the tables, that gives a bot a past which ends two days before the first slot and
 * leaves its capital as it is: sound books of trades at 100 whose wins and losses cancel out, postings of two lines,
 * points five minutes apart. What is kept of all this follows.
 */
export const agingSql = (bot: Aged, { postings, points, trades }: Age): string => `
  SET LOCAL session_replication_role = replica;
  ${switchTo("ENABLE ALWAYS")}
  ${cyclesSql(bot, trades)}
  ${ordersSql(bot, trades)}
  ${positionsSql(bot, trades)}
  UPDATE ledger_entries SET posted_at = date_trunc('hour', ${CYCLES_END} - ${trades + 1} * interval '50 minutes', 'UTC')
    WHERE bot_id = '${bot.botId}' AND transaction_id IN
      (SELECT transaction_id FROM ledger_entries WHERE bot_id = '${bot.botId}' AND account = 'capital');
  INSERT INTO ledger_entries (transaction_id, bot_id, account, currency, amount, posted_at)
    SELECT 'aged:' || n, '${bot.botId}', l.account::"LedgerAccount", 'USDT', l.sign * (1 - 2 * (n % 2)), ${END} - n * interval '1 minute'
    FROM generate_series(1, ${postings}) n, (VALUES ('cash', -1), ('fees', 1)) l (account, sign);
  INSERT INTO equity_points (bot_id, at, equity, cash, margin, unrealized_pnl, peak)
    SELECT '${bot.botId}', ${END} - n * interval '5 minutes', 10000, 10000, 0, 0, 10000 FROM generate_series(1, ${points}) n;
  ${switchTo("DISABLE")}
  ${switchTo("ENABLE")}`;

/** Hourly candles of a market over so many trades of the past, long before those that a fixture has. */
export const pastCandlesSql = (marketId: number, trades: number): string => `
  INSERT INTO candles (market_id, timeframe, open_time, open, high, low, close, volume)
    SELECT ${marketId}, '1h', t, 100, 100.5, 99.5, 100, 1000
    FROM generate_series(date_trunc('day', ${END} - ${trades + 1440} * interval '50 minutes', 'UTC'), ${at(22)}, interval '1 hour') t`;

/** For the owner, alone and not in a transaction: what a database does by itself in time. */
export const settleSql = ["VACUUM ANALYZE", "SELECT pg_stat_force_next_flush()"] as const;

/** How many rows and index entries this database was asked for so far. Of its connections, the asked one is up to date. */
export const countRowsRead = async (db: Database): Promise<number> => {
  await db.$queryRaw`SELECT pg_stat_force_next_flush()::text`;
  const [row] = await db.$queryRaw<[{ read: number }]>`
    SELECT ((SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) FROM pg_stat_user_tables)
      + (SELECT sum(idx_tup_read) FROM pg_stat_user_indexes))::float8 AS read`;
  return row.read;
};
