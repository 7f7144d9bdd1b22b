import pg from "pg";

/** PostgreSQL's codes for what callers of this file tell apart. */
export const NO_SUCH_DATABASE = "3D000";
export const WRONG_PASSWORD = "28P01";
export const DATABASE_EXISTS = "42P04";

export const databaseNameOf = (url) => decodeURIComponent(new URL(url).pathname.slice(1)) || "postgres";

export const withDatabase = (url, name) => {
  const other = new URL(url);
  other.pathname = `/${encodeURIComponent(name)}`;
  return other.toString();
};

/** Runs one piece of SQL on a connection of its own. Throws pg's error. */
export const runSql = async (url, sql) => {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return await client.query(sql);
  } finally {
    await client.end();
  }
};

const runElsewhere = (url, sql) => runSql(withDatabase(url, "postgres"), sql);

export const createDatabase = (url) => runElsewhere(url, `CREATE DATABASE ${pg.escapeIdentifier(databaseNameOf(url))}`);

export const dropDatabase = (url) =>
  runElsewhere(url, `DROP DATABASE IF EXISTS ${pg.escapeIdentifier(databaseNameOf(url))} WITH (FORCE)`);
