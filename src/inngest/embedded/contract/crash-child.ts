/** A runner process that tests kill and stop. Arguments: database URL, lease in milliseconds. */
import pg from "pg";
import { createInngestClient } from "../../client";
import { createEmbeddedRunner } from "../create-embedded-runner";
import { createEmbeddedTransport } from "../transport/embedded-transport";
import { wallSchedulerClock } from "../base/scheduler-clock";
import { createCrashFunction } from "./crash-function";
import { QUIET } from "./quiet";

const [url, leaseMs] = process.argv.slice(2);
if (url === undefined || leaseMs === undefined) throw new Error("Usage: crash-child <database url> <lease ms>");
const pool = new pg.Pool({ connectionString: url, max: 5 });
const transport = createEmbeddedTransport({ pool, clock: wallSchedulerClock });
const client = createInngestClient({ kind: "embedded", fetch: transport.fetch }, QUIET);
const runner = await createEmbeddedRunner({
  transport,
  client,
  functions: [createCrashFunction(client, pool, true)],
  leaseMs: Number(leaseMs),
});
runner.start();
setInterval(() => process.stdout.write(`${JSON.stringify(runner.stats())}\n`), 50);
