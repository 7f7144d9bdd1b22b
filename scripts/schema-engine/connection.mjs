import { randomUUID } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import { ColumnTypeEnum, DriverAdapterError } from "@prisma/driver-adapter-utils";
import pg from "pg";
import { createDatabase, dropDatabase, runSql, withDatabase } from "./databases.mjs";

const CHAR_OID = 18;
const BPCHAR_OID = 1042;

/** A connection of @prisma/adapter-pg with its faults corrected that matter to the schema engine. */
export const connect = async (url) => {
  // One session that never times out: the engine's advisory lock belongs to it.
  const pool = new pg.Pool({ connectionString: url, max: 1, idleTimeoutMillis: 0 });
  const connection = await new PrismaPg(pool, { disposeExternalPool: true }).connect();
  connection.queryRaw = (query) => queryWithChars(connection, query);
  connection.executeScript = (script) => executeWhole(connection, pool, script);
  return connection;
};

/** The adapter refuses PostgreSQL's "char", which the system catalogues often use: read it as bpchar. */
const queryWithChars = async (connection, query) => {
  const result = await connection.performIO(query);
  const isChar = result.fields.map((field) => field.dataTypeID === CHAR_OID);
  const fields = result.fields.map((field, index) => ({
    name: field.name,
    dataTypeID: isChar[index] ? BPCHAR_OID : field.dataTypeID,
  }));
  const reader = Object.create(connection, { performIO: { value: async () => ({ ...result, fields }) } });
  const rows = await Object.getPrototypeOf(connection).queryRaw.call(reader, query);
  const columnTypes = rows.columnTypes.map((type, index) => (isChar[index] ? ColumnTypeEnum.Character : type));
  return { ...rows, columnTypes };
};

/** The adapter splits at every ";", also inside a function's body. The native engine sends the script whole. */
const executeWhole = async (connection, pool, script) => {
  try {
    await pool.query(script);
  } catch (error) {
    // A failed script with its own BEGIN leaves a broken transaction, in which the failure cannot be recorded.
    await pool.query("ROLLBACK").catch(() => undefined);
    if (error instanceof pg.DatabaseError) throw new DriverAdapterError(plainError(error));
    connection.onError(error);
  }
};

/** PostgreSQL's own message with the code in it: given a separate code, the engine shows a vaguer text. */
const plainError = ({ code, severity, message, detail, column, hint }) => ({
  kind: "postgres",
  code: "",
  severity: severity ?? "ERROR",
  message: `${message} (SQLSTATE ${code})`,
  detail,
  column,
  hint,
});

/**
 * An empty database to replay migrations in. The adapter's own way would give the MAIN database, because pg prefers
 * `connectionString` to `database`.
 */
export const connectToShadow = async ({ url, shadowDatabaseUrl }) => {
  if (shadowDatabaseUrl) {
    await runSql(shadowDatabaseUrl, "DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public");
    return connect(shadowDatabaseUrl);
  }
  const temporary = withDatabase(url, `prisma_migrate_shadow_db_${randomUUID()}`);
  await createDatabase(temporary);
  const connection = await connect(temporary);
  const close = connection.dispose.bind(connection);
  connection.dispose = async () => {
    await close();
    await dropDatabase(temporary);
  };
  return connection;
};
