import pg from "pg";
import { ensureRunnerSchema } from "../src/inngest/embedded/schema/ensure-runner-schema";
import { grantRights } from "./postgres/grant-rights";
import { deployMigrations } from "./run-prisma";

/** One database by two roles: who makes its tables, and whom the product's processes connect as. May be the same. */
export type DatabaseUrls = { readonly owner: string; readonly app: string };

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

/** Prisma says which statement was refused, and not what to do about it. */
const explain = (error: unknown): unknown =>
  error instanceof Error && /permission denied|must be owner/.test(error.message)
    ? new Error(`${error.message}\nSet OWNER_DATABASE_URL to the role that owns the tables.`)
    : error;

/**
 * Brings a database up to date as its owner, the runner's tables too, and gives the app's role its rights. Makes the
 * database where it is missing. `isMigrated`: its migrations are known to be current.
 */
export const migrateDatabase = async ({ owner, app }: DatabaseUrls, isMigrated = false): Promise<void> => {
  try {
    if (!isMigrated) await deployMigrations(owner);
    await withPool(owner, async (pool) => {
      await ensureRunnerSchema(pool);
      const appRole = await withPool(app, userOf);
      if (appRole !== (await userOf(pool))) await grantRights(pool, appRole);
    });
  } catch (error) {
    throw explain(error);
  }
};
