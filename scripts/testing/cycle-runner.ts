/** A runner process with the product's functions, for tests to stop and kill. Arguments: database URL, market URL. */
import { wallSchedulerClock } from "../../src/inngest/embedded/base/scheduler-clock";
import { runEmbedded } from "../../src/inngest/run-embedded";
import { createRuntime } from "../../src/server/runtime";

const LEASE_MS = 900;

const [databaseUrl, demoUrl] = process.argv.slice(2);
if (databaseUrl === undefined || demoUrl === undefined) {
  throw new Error("Usage: cycle-runner <database url> <demo url>");
}
const runtime = createRuntime({ databaseUrl, demoUrl, poolMax: 5, keepsPrepared: true });
const engine = await runEmbedded({
  pool: { connectionString: databaseUrl, max: 5 },
  clock: wallSchedulerClock,
  ports: runtime,
  runner: { concurrency: 4, cron: false, leaseMs: LEASE_MS, backoff: () => 50 },
});
process.stdout.write("ready\n");
process.once("SIGTERM", () => {
  void engine
    .close()
    .then(() => runtime.close())
    .then(() => process.exit(0));
});
