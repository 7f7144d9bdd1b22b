import type { LedgerLine } from "~/contracts/position-view";
import { Prisma } from "../db/prisma";
import { amount, text, time, type ExportSource } from "./source";

const STORED: Partial<Record<LedgerLine["account"], string>> = {
  realizedPnl: "realized-pnl",
  modelCost: "model-cost",
  modelBill: "model-bill",
};

/** Every line of the ledger, in the order of its booking. */
export const ledgerSource: ExportSource = {
  columns: () => [
    text("entry_id", "l.id"),
    text("transaction_id", "l.transaction_id"),
    time("posted_at", "l.posted_at"),
    text("account", "l.account"),
    amount("amount", "l.amount"),
    text("currency", "l.currency"),
    text("position_id", "l.position_id"),
    text("fill_id", "l.fill_id"),
  ],
  tables: Prisma.sql`ledger_entries l`,
  botId: Prisma.sql`l.bot_id`,
  time: Prisma.sql`l.posted_at`,
  key: [{ sql: Prisma.sql`l.id`, type: "bigint" }],
  newest: (botId) => Prisma.sql`SELECT max(id)::text AS newest FROM ledger_entries WHERE bot_id = ${botId}::uuid`,
  filter: (query) => {
    if (!("account" in query) || query.account === undefined) return Prisma.sql`true`;
    return Prisma.sql`l.account = ${STORED[query.account] ?? query.account}::"LedgerAccount"`;
  },
};

/** Equity at every slot that is kept, and where money came from the account or went back: `flow`. */
export const equitySource: ExportSource = {
  columns: (currency) => [
    time("at", "e.at"),
    amount(`equity_${currency}`, "e.equity"),
    amount(`cash_${currency}`, "e.cash"),
    amount(`margin_${currency}`, "e.margin"),
    amount(`unrealized_pnl_${currency}`, "e.unrealized_pnl"),
    amount(`peak_${currency}`, "e.peak"),
    amount(`flow_${currency}`, "e.flow"),
  ],
  tables: Prisma.sql`equity_points e`,
  botId: Prisma.sql`e.bot_id`,
  time: Prisma.sql`e.at`,
  key: [{ sql: Prisma.sql`e.at`, type: "timestamptz" }],
  newest: (botId) => Prisma.sql`SELECT max(at)::text AS newest FROM equity_points WHERE bot_id = ${botId}::uuid`,
};
