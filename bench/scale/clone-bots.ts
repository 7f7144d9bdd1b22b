import { createHash } from "node:crypto";
import pg from "pg";
import { readOwnRows, readTableMap, type OwnRows } from "./own-rows";

/** A bot that the product made, and who shall own each copy of it. */
export type Original = {
  readonly botId: string;
  readonly accountId: string;
  readonly userId: string;
  readonly owners: readonly string[];
};

const BATCH_BYTES = 4_000_000;
/** Ids of rows, and the ids that orders have at a venue. */
const IDS = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9a-f]{32}\b/g;
const OWN_ID_COLUMNS = ["id", "client_order_id", "venue_fill_id", "venue_order_id"];

const digest = (text: string): string => createHash("md5").update(text).digest("hex");
/** As a random UUID: pages ask for nothing else. */
const likeId = (hex: string): string => hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})/, "$1-$2-4$3-a$4-");

/** What a row calls itself; what it calls others that are not the bot's own stays as it is. */
const ownIds = (tables: readonly OwnRows[]): Set<string> => {
  const ids = new Set<string>();
  for (const row of tables.flatMap(({ rows }) => rows)) {
    const fields = JSON.parse(row) as Record<string, unknown>;
    const named = OWN_ID_COLUMNS.map((column) => fields[column]).filter((value) => typeof value === "string");
    for (const [id] of named.join(" ").matchAll(IDS)) ids.add(id);
  }
  return ids;
};

type Copy = { readonly number: number; readonly owner: string };

/** Names a copy's rows: each own id becomes one made of it and of the copy's number, the owner's the new owner's. */
const createRenaming = (ids: ReadonlySet<string>, userId: string, { number, owner }: Copy) => {
  const known = new Map([[userId, owner]]);
  return (id: string): string => {
    const name = known.get(id);
    if (name !== undefined) return name;
    const hex = ids.has(id) ? digest(`${id}:${number}`) : null;
    const made = hex === null ? id : id.includes("-") ? likeId(hex) : hex;
    known.set(id, made);
    return made;
  };
};

/** Rows of many copies, written table by table whenever enough have come together. */
const createWriter = (client: pg.Client) => {
  const waiting = new Map<string, { readonly columns: string; readonly rows: string[] }>();
  let bytes = 0;
  const flush = async (): Promise<void> => {
    for (const [table, { columns, rows }] of waiting) {
      await client.query(
        `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb)`,
        [`[${rows.join(",")}]`],
      );
    }
    waiting.clear();
    bytes = 0;
  };
  const add = async ({ table, columns }: OwnRows, row: string): Promise<void> => {
    const batch = waiting.get(table) ?? { columns, rows: [] };
    waiting.set(table, batch);
    batch.rows.push(row);
    bytes += row.length;
    if (bytes >= BATCH_BYTES) await flush();
  };
  return { add, flush };
};

const writeCopies = async (
  { add }: Pick<ReturnType<typeof createWriter>, "add">,
  { userId, owners }: Original,
  tables: readonly OwnRows[],
): Promise<void> => {
  const ids = ownIds(tables);
  const all = tables.flatMap((table) => table.rows.map((row) => ({ table, row })));
  for (const [number, owner] of owners.entries()) {
    const renamed = createRenaming(ids, userId, { number, owner });
    for (const { table, row } of all) await add(table, row.replaceAll(IDS, renamed));
  }
};

/**
 * Copies bots with all rows that lead to them, in one transaction, as the owner of the tables: what triggers would keep
 * is copied too. Ids of the copies are a pure function of the original's, so the copies obey what the original obeys.
 */
export const cloneBots = async (ownerUrl: string, originals: readonly Original[]): Promise<void> => {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    // One moment: a bot that trades meanwhile has each row in one state.
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ");
    await client.query("SET LOCAL session_replication_role = replica");
    const map = await readTableMap(client);
    const writer = createWriter(client);
    for (const original of originals.filter(({ owners }) => owners.length > 0)) {
      await writeCopies(writer, original, await readOwnRows(client, map, original));
    }
    await writer.flush();
    // What the trigger on bots would have opened for their users.
    await client.query("INSERT INTO user_risk (user_id) SELECT DISTINCT user_id FROM bots ON CONFLICT DO NOTHING");
    await client.query("COMMIT");
    await client.query("ANALYZE");
  } finally {
    await client.end();
  }
};
