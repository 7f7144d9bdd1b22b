/**
 * Brings a database of one's own up to date as OWNER_DATABASE_URL, and gives the role of DATABASE_URL its rights:
 * npm run -s db:migrate. `npm start` does the same.
 */
import { getDatabaseUrl, getEnvironment } from "../src/env";
import { migrateDatabase } from "./migrate-database";

try {
  const app = getDatabaseUrl("DIRECT_URL");
  await migrateDatabase({ owner: getEnvironment().OWNER_DATABASE_URL ?? app, app });
  console.log("The database is up to date.");
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
