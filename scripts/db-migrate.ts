/**
 * Brings the user's own database up to date as the role of OWNER_DATABASE_URL and gives the roles of DATABASE_URL and
 * DIRECT_URL their rights: npm run -s db:migrate. `npm start` does the same.
 */
import { getDatabaseUrl, getEnvironment } from "../src/env";
import { migrateDatabase } from "./migrate-database";

try {
  const direct = getDatabaseUrl("DIRECT_URL");
  const { OWNER_DATABASE_URL: owner = direct, DATABASE_URL: app = direct } = getEnvironment();
  await migrateDatabase({ owner, app, direct });
  console.log("The database is up to date.");
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
