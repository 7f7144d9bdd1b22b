import type pg from "pg";

/** A table's rows that belong to one bot, as JSON text: numbers keep every digit. */
export type OwnRows = { readonly table: string; readonly columns: string; readonly rows: readonly string[] };

type Column = { readonly table: string; readonly column: string; readonly isMade: boolean };
type Link = {
  readonly child: string;
  readonly childColumn: string;
  readonly parent: string;
  readonly parentColumn: string;
};

const COLUMNS = `
  SELECT c.relname AS "table", a.attname AS "column",
    a.attgenerated <> '' OR a.attidentity <> '' OR coalesce(pg_get_expr(d.adbin, d.adrelid), '') LIKE 'nextval(%' AS "isMade"
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attrelid, a.attnum`;

/** Foreign keys by their first column, which names the row alone in this schema; accounts lead to nothing but bots. */
const LINKS = `
  SELECT child.relname AS child, ca.attname AS "childColumn", parent.relname AS parent, pa.attname AS "parentColumn"
  FROM pg_constraint k JOIN pg_class child ON child.oid = k.conrelid JOIN pg_class parent ON parent.oid = k.confrelid
  JOIN pg_attribute ca ON ca.attrelid = k.conrelid AND ca.attnum = k.conkey[1]
  JOIN pg_attribute pa ON pa.attrelid = k.confrelid AND pa.attnum = k.confkey[1]
  WHERE k.contype = 'f' AND k.connamespace = 'public'::regnamespace`;

export type TableMap = {
  readonly columns: ReadonlyMap<string, readonly Column[]>;
  readonly links: readonly Link[];
};

const byTable = (columns: readonly Column[]): Map<string, Column[]> => {
  const tables = new Map<string, Column[]>();
  for (const column of columns) tables.set(column.table, [...(tables.get(column.table) ?? []), column]);
  return tables;
};

/** Which tables there are, and which leads to which: a table that is new belongs to a bot's rows by itself. */
export const readTableMap = async (client: pg.Client): Promise<TableMap> => ({
  columns: byTable((await client.query<Column>(COLUMNS)).rows),
  links: (await client.query<Link>(LINKS)).rows,
});

type Found = { readonly table: string; readonly key: string; readonly values: readonly string[] };

/** The rows of a bot and its account, and every row that leads to one of them. */
export const readOwnRows = async (
  client: pg.Client,
  { columns, links }: TableMap,
  { botId, accountId }: { readonly botId: string; readonly accountId: string },
): Promise<OwnRows[]> => {
  const found = new Map<string, Map<string, string>>();
  const queue: Found[] = [
    { table: "accounts", key: "id", values: [accountId] },
    { table: "bots", key: "id", values: [botId] },
  ];
  for (const { table, key, values } of queue) {
    const made = (columns.get(table) ?? []).filter(({ isMade }) => isMade).map(({ column }) => column);
    const { rows } = await client.query<{ text: string; whole: Record<string, unknown> }>(
      `SELECT (to_jsonb(t) - $2::text[])::text AS text, to_jsonb(t) AS whole FROM ${table} t WHERE t.${key}::text = ANY($1)`,
      [values, made],
    );
    const known = found.get(table) ?? new Map<string, string>();
    found.set(table, known);
    const fresh = rows.filter(({ whole }) => !known.has(JSON.stringify(whole)));
    for (const { text, whole } of fresh) known.set(JSON.stringify(whole), text);
    for (const { child, childColumn, parentColumn } of links.filter(({ parent }) => parent === table)) {
      const leads = [...new Set(fresh.map(({ whole }) => String(whole[parentColumn])))];
      if (leads.length > 0) queue.push({ table: child, key: childColumn, values: leads });
    }
  }
  return [...found].map(([table, rows]) => ({
    table,
    columns: (columns.get(table) ?? [])
      .filter(({ isMade }) => !isMade)
      .map(({ column }) => `"${column}"`)
      .join(", "),
    rows: [...rows.values()],
  }));
};
