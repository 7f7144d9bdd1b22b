/** A runner process with the product's functions, which a test stops and kills. Arguments: database URL, demo market's URL. */
import pg from "pg";
import { createInngestClient } from "../../src/inngest/client";
import { createEmbeddedRunner } from "../../src/inngest/embedded/create-embedded-runner";
import { createEmbeddedTransport } from "../../src/inngest/embedded/embedded-transport";
import { wallSchedulerClock } from "../../src/inngest/embedded/scheduler-clock";
import { createFunctions } from "../../src/inngest/index";
import { createRuntime } from "../../src/server/runtime";

const LEASE_MS = 900;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined, debug: () => undefined };

const [databaseUrl, demoUrl] = process.argv.slice(2);
if (databaseUrl === undefined || demoUrl === undefined) {
  throw new Error("Usage: cycle-runner <database url> <demo url>");
}
const pool = new pg.Pool({ connectionString: databaseUrl, max: 5 });
const transport = createEmbeddedTransport({ pool, clock: wallSchedulerClock });
const client = createInngestClient(
  { kind: "embedded", fetch: transport.fetch },
  { logger: silent, internalLogger: silent },
);
const runtime = createRuntime({ databaseUrl, demoUrl, poolMax: 5, keepsPrepared: true });
const functions = createFunctions(client, runtime);
const backoff = (): number => 50;
const runner = await createEmbeddedRunner({
  transport,
  client,
  functions,
  concurrency: 4,
  cron: false,
  leaseMs: LEASE_MS,
  backoff,
});
runner.start();
process.stdout.write("ready\n");
process.once("SIGTERM", () => {
  void runner
    .stop()
    .then(() => runtime.close())
    .then(() => pool.end())
    .then(() => process.exit(0));
});
