import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import pg from "pg";

/** The role of the product's processes: reads and writes rows, owns nothing, and makes neither tables nor roles. */
export const APP_ROLE = "oxbot_app";

const ATTRIBUTES = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS NOINHERIT";
const BYTES = 24;

const passwordFile = (folder: string): string => path.join(folder, "app-password");

/** The role's password in a cluster's folder; null: the cluster has not been started with this role. */
export const readAppPassword = (folder: string): string | null => {
  const file = passwordFile(folder);
  return existsSync(file) ? readFileSync(file, "utf8").trim() : null;
};

const ensureAppPassword = (folder: string): string => {
  const file = passwordFile(folder);
  if (!existsSync(file)) {
    const unfinished = `${file}.tmp`;
    writeFileSync(unfinished, `${randomBytes(BYTES).toString("hex")}\n`, { mode: 0o600, flush: true });
    renameSync(unfinished, file);
  }
  return readFileSync(file, "utf8").trim();
};

/** Makes the role when it is missing and limits it to the attributes it should have; returns its password. */
export const ensureAppRole = async (folder: string, superuserUrl: string): Promise<string> => {
  const password = ensureAppPassword(folder);
  const client = new pg.Client({ connectionString: superuserUrl });
  client.on("error", () => undefined);
  await client.connect();
  try {
    const { rowCount } = await client.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [APP_ROLE]);
    const verb = rowCount === 0 ? "CREATE" : "ALTER";
    await client.query(`${verb} ROLE ${APP_ROLE} ${ATTRIBUTES} PASSWORD ${pg.escapeLiteral(password)}`);
  } finally {
    await client.end();
  }
  return password;
};
