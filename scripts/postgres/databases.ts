import pg from "pg";
import { runAlone } from "./run-alone";

/** SQLSTATE of "object in use". */
const IN_USE = "55006";

/** Whole-database commands, sent to the maintenance database. */
export type Databases = {
  createDatabase(name: string, template?: string): Promise<void>;
  /** Removes it, and ends whoever is still connected after five seconds. */
  dropDatabase(name: string): Promise<void>;
};

export const createDatabases = (maintenanceUrl: string): Databases => {
  const run = (sql: string): Promise<void> => runAlone(maintenanceUrl, sql);
  return {
    createDatabase: (name, template = "template1") =>
      run(`CREATE DATABASE ${pg.escapeIdentifier(name)} TEMPLATE ${pg.escapeIdentifier(template)}`),
    // A pool that has ended is still closing its connections, and one that is cut off there raises an
    // error that nobody listens for. Unforced, PostgreSQL itself waits up to five seconds for them.
    dropDatabase: async (name) => {
      const drop = `DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)}`;
      await run(drop).catch((error: unknown) => {
        if (error instanceof pg.DatabaseError && error.code === IN_USE) return run(`${drop} WITH (FORCE)`);
        throw error;
      });
    },
  };
};
