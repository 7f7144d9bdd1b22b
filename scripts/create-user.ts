/**
 * Makes a user: npm run -s user:create -- --email you@example.org [--role admin] [--demo-bots], with the password on
 * standard input. `--demo-bots` gives the user the demo's three bots, which begin at the market's present time.
 */
import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { getDatabaseUrl } from "../src/env";
import { createUser } from "../src/server/auth/create-user";
import { createRuntime } from "../src/server/runtime";
import { ensureDemoBots } from "./start/ensure-demo-bots";
import { findDemoMarket } from "./start/find-demo-market";

const { values } = parseArgs({
  options: {
    email: { type: "string" },
    role: { type: "string", default: "trader" },
    "demo-bots": { type: "boolean", default: false },
  },
});
const { email = "", role, "demo-bots": hasDemoBots } = values;
const runtime = createRuntime({ databaseUrl: getDatabaseUrl(), poolMax: 1 });
try {
  if (role !== "trader" && role !== "admin") throw new Error("--role must be trader or admin.");
  const market = hasDemoBots ? await findDemoMarket(runtime) : null;
  if (process.stdin.isTTY) process.stderr.write("Password, then Enter and Ctrl+D: ");
  const password = (await text(process.stdin)).replace(/\r?\n$/, "");
  const userId = await createUser(runtime, { email, password, role });
  if (market) await ensureDemoBots(runtime, { userId, venueId: market.venueId, startsAt: () => market.time });
  console.log(`${email} can sign in as ${role}${market ? ", with the demo's three bots" : ""}.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await runtime.close();
}
