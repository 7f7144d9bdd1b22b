import type { Flowed } from "~/trading/performance/time-weighted-return";
import { fromColumn } from "../db/amounts";
import { Prisma } from "../db/prisma";
import type { RawSql } from "../db/raw-sql";
import type { OwnBotId } from "../tenant/own-id";

/** Flows as PostgreSQL gives them. */
export type FlowsJson = readonly { readonly at: number; readonly amount: string; readonly after: string }[];

/** What the bot `b` got from its account and gave back, in the order of time; equity is that just after. */
export const FLOWS_SQL = Prisma.sql`(SELECT coalesce(json_agg(json_build_object('at', (extract(epoch FROM f.at) * 1000)::bigint,
  'amount', f.flow::text, 'after', f.equity::text) ORDER BY f.at), '[]')
  FROM equity_points f WHERE f.bot_id = b.id AND f.flow <> 0)`;

export const toFlows = (rows: FlowsJson): Flowed[] =>
  rows.map(({ at, amount, after }) => ({ at, amount: fromColumn(amount), after: fromColumn(after) }));

/** The flows of one bot, in the order of time. */
export const loadFlows = async (db: RawSql, botId: OwnBotId): Promise<Flowed[]> => {
  const [row] = await db.$queryRaw<{ flows: FlowsJson }[]>`
    SELECT ${FLOWS_SQL} AS flows FROM bots b WHERE b.id = ${botId}::uuid`;
  return toFlows(row?.flows ?? []);
};
