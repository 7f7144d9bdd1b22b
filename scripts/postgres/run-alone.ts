import pg from "pg";

/** Runs one statement on a connection of its own, such as one that cannot run in a transaction. */
export const runAlone = async (url: string, sql: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  // The server may end while we hold the connection; the query itself reports that.
  client.on("error", () => undefined);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
};
