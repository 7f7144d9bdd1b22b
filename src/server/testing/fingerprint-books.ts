import type { Database } from "../db/client";

/** Everything that a cycle writes under its lease. A lease's expiry is renewed by each look, so it is left out. */
const TABLES = {
  leases: "SELECT bot_id, holder, epoch FROM bot_leases",
  bots: "SELECT * FROM bots",
  cycles: "SELECT * FROM cycles",
  decisions: "SELECT * FROM decisions",
  verdicts: "SELECT * FROM verdicts",
  intents: "SELECT * FROM order_intents",
  orders: "SELECT * FROM orders",
  fills: "SELECT * FROM fills",
  positions: "SELECT * FROM positions",
  trades: "SELECT * FROM trades",
  ledger: "SELECT * FROM ledger_entries",
  balances: "SELECT * FROM bot_balances",
  equity: "SELECT * FROM equity_points",
  memories: "SELECT * FROM equity_memories",
  totals: "SELECT * FROM trade_totals",
  refusals: "SELECT * FROM refusal_counts",
  alerts: "SELECT * FROM alerts",
} as const;

/** A hash of every row of the books, per table: equal when and only when nothing was written. */
export const fingerprintBooks = async (db: Database): Promise<Record<string, string>> => {
  const entries = Object.entries(TABLES).map(async ([name, rows]): Promise<[string, string]> => {
    const [row] = await db.$queryRawUnsafe<{ hash: string }[]>(
      `SELECT count(*) || ' ' || md5(coalesce(string_agg(r::text, E'\\n' ORDER BY r::text), '')) AS hash FROM (${rows}) r`,
    );
    return [name, row?.hash ?? ""];
  });
  return Object.fromEntries(await Promise.all(entries));
};
