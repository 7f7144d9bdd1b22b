import pg from "pg";
import { runAlone } from "./run-alone";

/** Whole-database commands, sent to the maintenance database. */
export type Databases = {
  createDatabase(name: string, template?: string): Promise<void>;
  dropDatabase(name: string): Promise<void>;
};

export const createDatabases = (maintenanceUrl: string): Databases => {
  const run = (sql: string): Promise<void> => runAlone(maintenanceUrl, sql);
  return {
    createDatabase: (name, template = "template1") =>
      run(`CREATE DATABASE ${pg.escapeIdentifier(name)} TEMPLATE ${pg.escapeIdentifier(template)}`),
    dropDatabase: (name) => run(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`),
  };
};
