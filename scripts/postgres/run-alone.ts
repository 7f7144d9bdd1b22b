import pg from "pg";

/** One statement on a connection of its own: such as those that no transaction may hold. */
export const runAlone = async (url: string, sql: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  // The server may go while we hold the connection; the query itself reports it.
  client.on("error", () => undefined);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
};
