/**
 * Proves that no entry of the audit was changed or taken away: npm run -s audit:verify. Prints the hash of the last one;
 * kept elsewhere, it also proves later that none after it was cut off. Ends with 1 where the chain is broken.
 */
import { verifyAudit } from "../src/server/audit/verify-audit";
import { createRuntime } from "../src/server/runtime";
import { findDatabaseUrl } from "./start/own-database";

const verifyAndShow = async (): Promise<void> => {
  const runtime = createRuntime({ databaseUrl: findDatabaseUrl(), poolMax: 1 });
  try {
    const { checked, head, broken } = await verifyAudit(runtime.db);
    if (broken) throw new Error(`Entry ${broken.id} is broken: ${broken.why}. ${checked} before it are not.`);
    console.log(`${checked} entries of the audit follow from each other. The last one's hash: ${head || "none"}`);
  } finally {
    await runtime.close();
  }
};

try {
  await verifyAndShow();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
