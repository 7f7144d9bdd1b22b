import type { BotSort } from "~/contracts/choices";
import { EQUITY_SQL } from "../../books/equity-sql";
import { Prisma } from "../../db/prisma";
import type { Sorting } from "../pages/page-cursor";

type Key = { readonly kind: Sorting["kind"]; readonly sql: Prisma.Sql };

/** What bots are sorted by, of `bots b` with `equity_memories e` and `trade_totals t`. Null: unknown. */
export const BOT_KEYS: Readonly<Record<BotSort | "allotment", Key>> = {
  created: { kind: "instant", sql: Prisma.sql`b.created_at` },
  name: { kind: "text", sql: Prisma.sql`lower(b.name) COLLATE "C"` },
  state: { kind: "text", sql: Prisma.sql`b.status::text COLLATE "C"` },
  allotment: { kind: "amount", sql: Prisma.sql`b.allotment` },
  equity: { kind: "amount", sql: EQUITY_SQL },
  profit: { kind: "amount", sql: Prisma.sql`${EQUITY_SQL} - b.allotment` },
  drawdown: {
    kind: "amount",
    sql: Prisma.sql`(greatest(e.peak, ${EQUITY_SQL}) - ${EQUITY_SQL}) / nullif(greatest(e.peak, ${EQUITY_SQL}), 0)`,
  },
  trades: { kind: "amount", sql: Prisma.sql`coalesce(t.trades, 0)` },
  cycle: {
    kind: "instant",
    sql: Prisma.sql`(SELECT coalesce(ended_at, started_at) FROM cycles WHERE bot_id = b.id AND status <> 'due'
      ORDER BY slot DESC LIMIT 1)`,
  },
};

/** A key as a cursor holds it: instants in ms. */
export const keyTextSql = (kind: Sorting["kind"]): Prisma.Sql =>
  kind === "instant" ? Prisma.sql`(extract(epoch FROM key) * 1000)::bigint::text` : Prisma.sql`key::text`;
