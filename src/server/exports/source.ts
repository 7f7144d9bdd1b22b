import type { ExportQuery } from "~/contracts/export-query";
import { Prisma } from "../db/prisma";
import type { OwnBotId } from "../tenant/own-id";
import type { Column } from "./columns";

/** A column with the SQL that reads it as text. */
export type ReadColumn = Column & { readonly sql: Prisma.Sql };

/** Where a kind of export comes from. */
export type ExportSource = {
  columns(currency: string): readonly ReadColumn[];
  /** The tables, joined. */
  readonly tables: Prisma.Sql;
  readonly botId: Prisma.Sql;
  /** The venue time that `from` and `to` are about. */
  readonly time: Prisma.Sql;
  /** What rows are ordered by, oldest first, with its type. No two rows have the same; an index begins with the first. */
  readonly key: readonly { readonly sql: Prisma.Sql; readonly type: "timestamptz" | "uuid" | "bigint" }[];
  /** The greatest first key that a bot has now. */
  newest(botId: OwnBotId): Prisma.Sql;
  /** Conditions of its own. */
  filter?(query: ExportQuery): Prisma.Sql;
};

export const text = (name: string, sql: string): ReadColumn => ({
  name,
  kind: "text",
  sql: Prisma.raw(`${sql}::text`),
});
export const amount = (name: string, sql: string): ReadColumn => ({
  name,
  kind: "amount",
  sql: Prisma.raw(`trim_scale(${sql})::text`),
});
export const number = (name: string, sql: string): ReadColumn => ({
  name,
  kind: "number",
  sql: Prisma.raw(`${sql}::text`),
});
export const time = (name: string, sql: string): ReadColumn => ({
  name: `${name}_utc`,
  kind: "time",
  sql: Prisma.raw(`to_char(${sql} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`),
});

export const pairFilter = (query: ExportQuery): Prisma.Sql =>
  "pair" in query && query.pair !== undefined ? Prisma.sql`m.pair = ${query.pair}` : Prisma.sql`true`;
