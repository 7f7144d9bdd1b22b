import pg from "pg";
import { ensureRunnerSchema } from "../src/inngest/embedded/schema/ensure-runner-schema";
import { applyMigrations } from "./migrations/apply-migrations";
import { grantRights } from "./postgres/grant-rights";

/** One database's URLs by role: the owner of its tables, and the role of the product's processes. May be the same. */
export type DatabaseUrls = {
  readonly owner: string;
  readonly app: string;
  /** For connections that keep their session, perhaps as a third role. Default: as `app`. */
  readonly direct?: string;
};

const withPool = async <Result>(url: string, work: (pool: pg.Pool) => Promise<Result>): Promise<Result> => {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  pool.on("error", () => undefined);
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
};

const userOf = async (pool: pg.Pool): Promise<string> =>
  (await pool.query<{ name: string }>("SELECT current_user AS name")).rows[0]?.name ?? "";

/** PostgreSQL says which statement was refused, but not what to do about it. */
const explain = (error: unknown): unknown =>
  error instanceof Error && /permission denied|must be owner/.test(error.message)
    ? new Error(`${error.message}\nSet OWNER_DATABASE_URL to the role that owns the tables.`)
    : error;

/** Gives the app's roles their rights; an owner needs none. Returns the URL for sessions. */
const grantRoles = async (pool: pg.Pool, { app, direct = app }: DatabaseUrls): Promise<string> => {
  const owner = await userOf(pool);
  const appRole = await withPool(app, userOf);
  const directRole = direct === app ? appRole : await withPool(direct, userOf);
  for (const role of new Set([appRole, directRole])) if (role !== owner) await grantRights(pool, role);
  // When there is another role, no process of the product connects as the owner.
  return directRole === owner && appRole !== owner ? app : direct;
};

/**
 * Brings a database up to date as its owner, the runner's tables too, and gives the app's roles their rights. Makes the
 * database when it is missing. `isMigrated`: its migrations are known to be current. Returns the URL for sessions of
 * the product's processes: `direct`, or `app` when only `direct` is the owner's.
 */
export const migrateDatabase = async (urls: DatabaseUrls, isMigrated = false): Promise<string> => {
  try {
    if (!isMigrated) await applyMigrations(urls.owner);
    return await withPool(urls.owner, async (pool) => {
      await ensureRunnerSchema(pool);
      return grantRoles(pool, urls);
    });
  } catch (error) {
    throw explain(error);
  }
};
