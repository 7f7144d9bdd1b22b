/** Makes a user: npm run -s user:create -- --email you@example.org [--role admin], with the password on standard input. */
import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { getDatabaseUrl } from "../src/env";
import { createUser } from "../src/server/auth/create-user";
import { createRuntime } from "../src/server/runtime";

const { values } = parseArgs({ options: { email: { type: "string" }, role: { type: "string", default: "trader" } } });
const { email = "", role } = values;
const runtime = createRuntime({ databaseUrl: getDatabaseUrl(), poolMax: 1 });
try {
  if (role !== "trader" && role !== "admin") throw new Error("--role must be trader or admin.");
  if (process.stdin.isTTY) process.stderr.write("Password, then Enter and Ctrl+D: ");
  const password = (await text(process.stdin)).replace(/\r?\n$/, "");
  await createUser(runtime, { email, password, role });
  console.log(`${email} can sign in as ${role}.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await runtime.close();
}
