import pg from "pg";
import type { DatabaseUrls } from "../migrate-database";
import { listMigrations } from "../migrations/list-migrations";
import { StartError } from "./start-error";

const PATIENCE_MS = 5000;

const CAUSES: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there",
  ENOTFOUND: "there is no such host",
  EAI_AGAIN: "the host's name cannot be looked up",
  ETIMEDOUT: "it does not answer",
  "28P01": "user or password is wrong",
  "28000": "that user may not connect",
  "3D000": "there is no such database",
};

/** Never shows the URL itself, which holds the password. */
const explain = (url: string, variable: string, error: unknown): StartError => {
  const { hostname, port, pathname } = new URL(url);
  const { code = "", message } = error as NodeJS.ErrnoException;
  const place = `${hostname}:${port || "5432"}${pathname}`;
  return new StartError(
    `${variable} cannot be used (${place}): ${CAUSES[code] ?? message}. ` +
      (variable === "DATABASE_URL" ? "Correct it, or unset it: then a database is brought along." : "Correct it."),
  );
};

type Applied = { readonly name: string; readonly isFinished: boolean };

const readMigrations = async (client: pg.Client): Promise<Applied[]> => {
  const { rows } = await client.query<{ found: boolean }>(
    `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS found`,
  );
  if (rows[0]?.found !== true) return [];
  const applied = await client.query<Applied>(
    `SELECT migration_name AS name, finished_at IS NOT NULL AS "isFinished" FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
  );
  return applied.rows;
};

const connect = async (url: string, variable: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: PATIENCE_MS });
  client.on("error", () => undefined);
  await client.connect().catch((error: unknown) => {
    throw explain(url, variable, error);
  });
  return client;
};

/** Throws StartError, saying what is wrong, for a database that cannot be connected to. */
const checkConnection = async (url: string, variable: string): Promise<void> => (await connect(url, variable)).end();

/**
 * Connects and tells whether migrations are missing; an interrupted one counts as missing. Throws StartError, saying
 * what to do, for a database that cannot be reached and for one that a newer version made.
 */
export const checkDatabase = async (
  url: string,
  variable = "DATABASE_URL",
): Promise<{ readonly isCurrent: boolean }> => {
  const client = await connect(url, variable);
  try {
    const applied = await readMigrations(client);
    const known = listMigrations().map(({ name }) => name);
    const newer = applied.find(({ name }) => !known.includes(name));
    if (newer) {
      throw new StartError(
        `The database has the migration ${newer.name}, which this version does not know: use a newer one.`,
      );
    }
    return { isCurrent: known.every((name) => applied.some((row) => row.isFinished && row.name === name)) };
  } finally {
    await client.end();
  }
};

/** The same for the user's own database: every one of its URLs must connect. Returns whether it is current. */
export const checkOwnDatabase = async ({ owner, app, direct = app }: DatabaseUrls): Promise<boolean> => {
  await checkConnection(app, "DATABASE_URL");
  if (direct !== app) await checkConnection(direct, "DIRECT_URL");
  if (owner === app) return (await checkDatabase(owner)).isCurrent;
  return (await checkDatabase(owner, owner === direct ? "DIRECT_URL" : "OWNER_DATABASE_URL")).isCurrent;
};
