/**
 * Tests a configured Inngest server: npm run inngest:check, with RUNNER=inngest and the server's settings. Runs the
 * runner contract and one bot's cycle, with their own app ids and their own database, and prints a line for each.
 */
import { parseArgs } from "node:util";
import { startVitest } from "vitest/node";
import { getEnvironment } from "../src/env";
import { findServer, reachServer } from "./inngest-check/find-server";
import { USAGE } from "./inngest-check/usage";

const CONTRACT = "src/inngest/embedded/contract/server-contract.db.test.ts";
const say = (line: string): void => void process.stdout.write(`${line}\n`);
/** Runs the contract against the server; true when all of it passed. */
const checkContract = async (host: string): Promise<boolean> => {
  process.env["INNGEST_CHECK_HOST"] = host;
  let failed = 0;
  let held = 0;
  const vitest = await startVitest("test", [CONTRACT], {
    project: "db",
    watch: false,
    reporters: [
      {
        onTestCaseResult: (test) => {
          const { state, errors } = test.result();
          if (state === "passed") held += 1;
          else failed += 1;
          say(`${state === "passed" ? "held    " : "NOT HELD"}  ${test.fullName}`);
          for (const { message } of errors ?? []) say(`          ${message.split("\n")[0]}`);
        },
        onTestRunEnd: (modules, unhandled) => {
          const broken = [...modules.flatMap((module) => [...module.errors()]), ...unhandled];
          failed += broken.length;
          for (const { message } of broken) say(`NOT HELD  ${message}`);
        },
      },
    ],
  });
  await vitest.close();
  say(`${held} held, ${failed} not held`);
  return failed === 0 && held > 0;
};

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: { host: { type: "string", default: "127.0.0.1" }, help: { type: "boolean" } },
  });
  if (values.help === true) return say(USAGE);
  const server = findServer(getEnvironment());
  await reachServer(server);
  say(`Inngest at ${server.baseUrl}, ${server.mode.kind === "dev" ? "without signatures" : "signed"}`);
  if (!(await checkContract(values.host))) process.exitCode = 1;
};

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
