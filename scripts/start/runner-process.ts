import pg from "pg";
import { getEnvironment } from "../../src/env";
import { announceLostCycles, LOOK_FOR_LOST_EVERY_MS } from "../../src/inngest/announce-cycles";
import { createInngestClient } from "../../src/inngest/client";
import { createEmbeddedRunner } from "../../src/inngest/embedded/create-embedded-runner";
import { createEmbeddedTransport } from "../../src/inngest/embedded/embedded-transport";
import { startTimers } from "../../src/inngest/embedded/runner-timers";
import { wallSchedulerClock } from "../../src/inngest/embedded/scheduler-clock";
import { createFunctions } from "../../src/inngest/index";
import { createRuntime } from "../../src/server/runtime";
import { handedOver, takeUpDuties } from "./process-duties";

/** Executes every durable function over PostgreSQL, by wall clock, with its crons. */
if (getEnvironment().RUNNER !== "embedded") throw new Error("RUNNER=inngest: an Inngest server executes, not this.");
const databaseUrl = handedOver("DATABASE_URL");
const demoVenueId = handedOver("DEMO_VENUE_ID");

const DEADLINE_MS = 30_000;

const say = (level: string) => (fields: object, message: string) =>
  void process.stdout.write(`${level}: ${message} ${JSON.stringify(fields)}\n`);
const logger = { info: () => undefined, warn: say("warning"), error: say("error") };
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined, debug: () => undefined };

const pool = new pg.Pool({
  connectionString: databaseUrl,
  max: 6,
  connectionTimeoutMillis: DEADLINE_MS,
  statement_timeout: DEADLINE_MS,
  // A server that is stuck keeps no deadline of its own; who asked gives the connection up.
  query_timeout: DEADLINE_MS + 3000,
});
// Without it an idle connection that the server ends would end this process; the next query takes a new one.
pool.on("error", () => undefined);
const transport = createEmbeddedTransport({ pool, clock: wallSchedulerClock });
const client = createInngestClient(
  { kind: "embedded", fetch: transport.fetch },
  { logger: silent, internalLogger: silent },
);
const demoUrl = handedOver("DEMO_MARKET_URL");
const runtime = createRuntime({ databaseUrl, demoUrl, demoVenueId, poolMax: 8, keepsPrepared: true });
const functions = createFunctions(client, runtime);
const runner = await createEmbeddedRunner({ transport, client, functions, logger });
runner.start();

const lookForLost = async (): Promise<void> => void (await announceLostCycles(runtime, client));
const looks = startTimers([{ everyMs: LOOK_FOR_LOST_EVERY_MS, task: lookForLost }], (error) =>
  logger.warn({ error: String(error) }, "Lost hints could not be looked for"),
);

takeUpDuties(runtime, "runner", async () => {
  looks.stop();
  await runner.stop();
  await runtime.close();
  await pool.end();
});
