import { Prisma } from "../db/prisma";
import { amount, number, pairFilter, text, time, type ExportSource } from "./source";

/** Closed round trips, by their exit. */
export const tradesSource: ExportSource = {
  columns: (currency) => [
    text("position_id", "t.position_id"),
    text("pair", "m.pair"),
    text("side", "t.side"),
    amount("quantity_base", "t.quantity"),
    amount("leverage_times", "p.leverage"),
    amount("entry_price_quote", "t.entry_price"),
    amount("exit_price_quote", "t.exit_price"),
    time("entered_at", "t.entered_at"),
    time("exited_at", "t.exited_at"),
    text("exit_reason", "t.exit_reason"),
    amount(`gross_pnl_${currency}`, "t.gross_pnl"),
    amount(`slippage_${currency}`, "t.slippage"),
    amount(`fees_${currency}`, "t.fees"),
    amount(`funding_${currency}`, "t.funding"),
    amount(`realized_pnl_${currency}`, "t.realized_pnl"),
  ],
  tables: Prisma.sql`trades t JOIN markets m ON m.id = t.market_id JOIN positions p ON p.id = t.position_id`,
  botId: Prisma.sql`t.bot_id`,
  time: Prisma.sql`t.exited_at`,
  key: [
    { sql: Prisma.sql`t.exited_at`, type: "timestamptz" },
    { sql: Prisma.sql`t.position_id`, type: "uuid" },
  ],
  newest: (botId) => Prisma.sql`SELECT max(exited_at)::text AS newest FROM trades WHERE bot_id = ${botId}::uuid`,
  filter: pairFilter,
};

/** What was bought and sold, position by position as they were opened. */
export const fillsSource: ExportSource = {
  columns: () => [
    text("fill_id", "f.id"),
    text("order_id", "f.order_id"),
    text("position_id", "f.position_id"),
    text("pair", "m.pair"),
    text("side", "f.side"),
    amount("price_quote", "f.price"),
    amount("quantity_base", "f.quantity"),
    amount("fee", "f.fee"),
    text("fee_currency", "f.fee_currency"),
    amount("slippage_quote", "f.slippage"),
    time("filled_at", "f.filled_at"),
  ],
  tables: Prisma.sql`positions p JOIN fills f ON f.position_id = p.id JOIN markets m ON m.id = f.market_id`,
  botId: Prisma.sql`p.bot_id`,
  time: Prisma.sql`f.filled_at`,
  key: [
    { sql: Prisma.sql`p.opened_at`, type: "timestamptz" },
    { sql: Prisma.sql`p.id`, type: "uuid" },
    { sql: Prisma.sql`f.filled_at`, type: "timestamptz" },
    { sql: Prisma.sql`f.id`, type: "uuid" },
  ],
  newest: (botId) => Prisma.sql`SELECT max(opened_at)::text AS newest FROM positions WHERE bot_id = ${botId}::uuid`,
  filter: pairFilter,
};

const decisionFilter = (filter: string): Prisma.Sql => {
  if (filter === "refused") return Prisma.sql`v.outcome = 'rejected'`;
  return filter === "wanted" ? Prisma.sql`v.decision_id IS NOT NULL` : Prisma.sql`true`;
};

/** What was decided, with what the risk gate said; no outcome: there was nothing to judge. */
export const decisionsSource: ExportSource = {
  columns: () => [
    text("decision_id", "d.id"),
    text("cycle_id", "d.cycle_id"),
    time("slot", "c.slot"),
    text("pair", "m.pair"),
    text("action", "d.action"),
    text("side", "d.side"),
    number("score_fraction", "d.score"),
    number("size_fraction", "d.size_fraction"),
    number("leverage_times", "d.leverage"),
    amount("entry_price_quote", "d.entry_price"),
    amount("stop_loss_quote", "d.stop_loss"),
    amount("take_profit_quote", "d.take_profit"),
    text("reason_code", "d.reason_code"),
    text("reason", "d.reason_text"),
    text("gate_outcome", "v.outcome"),
    text("gate_rule", "v.rule"),
    text("gate_reason", "v.reason"),
    amount("gate_quantity_base", "v.quantity"),
  ],
  tables: Prisma.sql`cycles c JOIN decisions d ON d.cycle_id = c.id JOIN markets m ON m.id = d.market_id
    LEFT JOIN verdicts v ON v.decision_id = d.id`,
  botId: Prisma.sql`c.bot_id`,
  time: Prisma.sql`c.slot`,
  key: [
    { sql: Prisma.sql`c.slot`, type: "timestamptz" },
    { sql: Prisma.sql`d.id`, type: "uuid" },
  ],
  newest: (botId) => Prisma.sql`SELECT max(slot)::text AS newest FROM cycles WHERE bot_id = ${botId}::uuid`,
  filter: (query) => Prisma.sql`${pairFilter(query)} AND ${decisionFilter("filter" in query ? query.filter : "all")}`,
};
