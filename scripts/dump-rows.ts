/**
 * Dumps the rows of the product that runs in this folder, or of DATABASE_URL, for the test of upgrades:
 * npx tsx scripts/dump-rows.ts <file>. Writes into prisma/upgrade/<its newest migration>.jsonl.gz without a file.
 */
import path from "node:path";
import pg from "pg";
import { PROJECT_FOLDER } from "./project-folder";
import { findDatabaseUrl } from "./start/own-database";
import { dumpRows } from "./upgrade/dump-rows";
import { writeDump } from "./upgrade/row-dump";

const client = new pg.Client({ connectionString: findDatabaseUrl() });
await client.connect();
const dump = await dumpRows(client);
await client.end();
const [file = path.join(PROJECT_FOLDER, "prisma", "upgrade", `${dump.migration}.jsonl.gz`)] = process.argv.slice(2);
writeDump(file, dump);
console.log(`${dump.tables.reduce((sum, { rows }) => sum + rows.length, 0)} rows of ${dump.migration} in ${file}`);
