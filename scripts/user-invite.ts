/**
 * Makes an invitation and prints it, once: npm run -s user:invite [-- --days 7]. With REGISTRATION=invite one person
 * registers with it at /register within that time.
 */
import { parseArgs } from "node:util";
import { createInvite } from "../src/server/auth/create-invite";
import { createRuntime } from "../src/server/runtime";
import { findDatabaseUrl } from "./start/own-database";

const { values } = parseArgs({ options: { days: { type: "string", default: "7" } } });

const inviteAndShow = async (): Promise<void> => {
  const runtime = createRuntime({ databaseUrl: findDatabaseUrl(), poolMax: 1 });
  try {
    const { code, expiresAt } = await createInvite(runtime, { days: Number(values.days), actorId: null });
    console.log(`Invitation, for one person until ${expiresAt.toISOString()}: ${code}`);
  } finally {
    await runtime.close();
  }
};

try {
  await inviteAndShow();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
