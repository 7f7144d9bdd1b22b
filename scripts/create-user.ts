/**
 * Makes a user: npm run -s user:create -- --email you@example.org [--role admin] [--demo-bots], with the password on
 * standard input. `--demo-bots` gives the user the demo's bots, which begin at the market's present time.
 */
import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { createUser } from "../src/server/auth/create-user";
import { createRuntime, type Runtime } from "../src/server/runtime";
import { ensureDemoBots } from "../src/server/demo/ensure-demo-bots";
import { findDemoMarket } from "../src/server/demo/find-demo-market";
import { findDatabaseUrl } from "./start/own-database";

const { values } = parseArgs({
  options: {
    email: { type: "string" },
    role: { type: "string", default: "trader" },
    "demo-bots": { type: "boolean", default: false },
  },
});
const { email = "", role, "demo-bots": hasDemoBots } = values;

const create = async (runtime: Runtime): Promise<void> => {
  if (role !== "trader" && role !== "admin") throw new Error("--role must be trader or admin.");
  const market = hasDemoBots ? await findDemoMarket(runtime) : null;
  if (process.stdin.isTTY) process.stderr.write("Password, then Enter and Ctrl+D: ");
  const password = (await text(process.stdin)).replace(/\r?\n$/, "");
  const userId = await createUser(runtime, { email, password, role });
  if (market) await ensureDemoBots(runtime, { userId, venueId: market.venueId, startsAt: () => market.time });
  console.log(`${email} can sign in as ${role}${market ? ", with the demo's bots" : ""}.`);
};

const connectAndCreate = async (): Promise<void> => {
  const runtime = createRuntime({ databaseUrl: findDatabaseUrl(), poolMax: 1 });
  try {
    await create(runtime);
  } finally {
    await runtime.close();
  }
};

try {
  await connectAndCreate();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
