import type { ExportKind, ExportQuery } from "~/contracts/export-query";
import { Prisma } from "../db/prisma";
import type { Ports } from "../ports";
import type { OwnBotId } from "../tenant/own-id";
import type { Cells } from "./columns";
import type { ExportSource } from "./source";
import { equitySource, ledgerSource } from "./books-sources";
import { decisionsSource, fillsSource, tradesSource } from "./trading-sources";

export const SOURCES: Readonly<Record<ExportKind, ExportSource>> = {
  trades: tradesSource,
  fills: fillsSource,
  ledger: ledgerSource,
  equity: equitySource,
  decisions: decisionsSource,
};

const PAGE_ROWS = 1000;

type Row = { readonly cells: Cells; readonly key: string[] };
type Asked = {
  readonly source: ExportSource;
  readonly botId: OwnBotId;
  readonly query: ExportQuery;
  readonly currency: string;
};

const castOf = (value: string, type: string): Prisma.Sql => Prisma.sql`${value}::text::${Prisma.raw(type)}`;

/** Rows after a key: by its first part too, which an index begins with. */
const afterKey = ({ key }: ExportSource, after: readonly string[]): Prisma.Sql => {
  const [first] = key;
  if (!first || after.length === 0) return Prisma.sql`true`;
  const columns = Prisma.join(key.map(({ sql }) => sql));
  const values = Prisma.join(key.map(({ type }, index) => castOf(after[index] ?? "", type)));
  return Prisma.sql`${first.sql} >= ${castOf(after[0] ?? "", first.type)} AND (${columns}) > (${values})`;
};

const throughKey = ({ key: [first] }: ExportSource, newest: string): Prisma.Sql =>
  first ? Prisma.sql`${first.sql} <= ${castOf(newest, first.type)}` : Prisma.sql`true`;

const within = ({ time }: ExportSource, { from, to }: ExportQuery): Prisma.Sql => {
  const begin = from === undefined ? Prisma.sql`true` : Prisma.sql`${time} >= ${from}`;
  return to === undefined ? begin : Prisma.sql`${begin} AND ${time} < ${to}`;
};

const pageSql = (asked: Asked, newest: string, after: readonly string[]): Prisma.Sql => {
  const { source, query, currency } = asked;
  const { tables, botId, key } = source;
  const cells = Prisma.join(source.columns(currency).map(({ sql }) => sql));
  const keys = Prisma.join(key.map(({ sql }) => Prisma.sql`${sql}::text`));
  const order = Prisma.join(key.map(({ sql }) => sql));
  return Prisma.sql`SELECT ARRAY[${cells}] AS cells, ARRAY[${keys}] AS key FROM ${tables}
    WHERE ${botId} = ${asked.botId}::uuid AND ${within(source, query)} AND ${source.filter?.(query) ?? Prisma.sql`true`}
      AND ${throughKey(source, newest)} AND ${afterKey(source, after)} ORDER BY ${order} LIMIT ${PAGE_ROWS}`;
};

/**
 * The rows of an export, oldest first, a page at a time: each page is one short statement, so no reader, however slow,
 * holds a connection or a snapshot. Rows never change and keys never repeat, so each that was there at the beginning
 * comes once; of those written meanwhile none comes twice.
 */
export async function* readExport({ db }: Pick<Ports, "db">, asked: Asked): AsyncGenerator<Cells[], void> {
  const [bound] = await db.$queryRaw<{ newest: string | null }[]>`${asked.source.newest(asked.botId)}`;
  const newest = bound?.newest;
  if (newest === null || newest === undefined) return;
  let after: readonly string[] = [];
  for (;;) {
    const rows = await db.$queryRaw<Row[]>`${pageSql(asked, newest, after)}`;
    if (rows.length > 0) yield rows.map(({ cells }) => cells);
    const last = rows.at(-1);
    if (!last || rows.length < PAGE_ROWS) return;
    after = last.key;
  }
}
