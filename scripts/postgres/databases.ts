import pg from "pg";

/** Whole-database commands, sent to the maintenance database. */
export type Databases = {
  createDatabase(name: string, template?: string): Promise<void>;
  dropDatabase(name: string): Promise<void>;
};

export const createDatabases = (maintenanceUrl: string): Databases => {
  const run = async (sql: string): Promise<void> => {
    const client = new pg.Client({ connectionString: maintenanceUrl });
    // The server may go while we hold the connection; the query itself reports it.
    client.on("error", () => undefined);
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  };
  return {
    createDatabase: (name, template = "template1") =>
      run(`CREATE DATABASE ${pg.escapeIdentifier(name)} TEMPLATE ${pg.escapeIdentifier(template)}`),
    dropDatabase: (name) => run(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`),
  };
};
