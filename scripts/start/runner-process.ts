import { getEnvironment } from "../../src/env";
import { announceLostCycles, LOOK_FOR_LOST_EVERY_MS } from "../../src/inngest/announce-cycles";
import { startTimers } from "../../src/inngest/embedded/base/runner-timers";
import { wallSchedulerClock } from "../../src/inngest/embedded/base/scheduler-clock";
import { guardRequested, planRequested } from "../../src/inngest/events";
import { runEmbedded } from "../../src/inngest/run-embedded";
import { recordHeartbeat } from "../../src/server/health/record-heartbeat";
import { createRuntime } from "../../src/server/runtime";
import { takeUpDuties } from "../../src/supervisor/process-duties";
import { handedOver } from "./handed-over";

/** Executes every durable function over PostgreSQL, by wall clock, with its crons. */
if (getEnvironment().RUNNER !== "embedded") throw new Error("RUNNER=inngest: an Inngest server executes, not this.");
const databaseUrl = handedOver("DATABASE_URL");
const demoVenueId = handedOver("DEMO_VENUE_ID");

const DEADLINE_MS = 30_000;

const say = (level: string) => (fields: object, message: string) =>
  void process.stdout.write(`${level}: ${message} ${JSON.stringify(fields)}\n`);
const logger = { info: () => undefined, warn: say("warning"), error: say("error") };
const demoUrl = handedOver("DEMO_MARKET_URL");
const runtime = createRuntime({ databaseUrl, demoUrl, demoVenueId, poolMax: 8, keepsPrepared: true });
const engine = await runEmbedded({
  pool: {
    connectionString: databaseUrl,
    max: 6,
    connectionTimeoutMillis: DEADLINE_MS,
    statement_timeout: DEADLINE_MS,
    // A stuck server does not keep its own deadline, so the client gives up the connection.
    query_timeout: DEADLINE_MS + 3000,
  },
  clock: wallSchedulerClock,
  ports: runtime,
  runner: { logger },
});

/** This minute's may have gone with the process before. Repeated, they do nothing twice; a lost hint waits a minute. */
const askForThisMinute = (): Promise<unknown> =>
  engine.client
    .send([planRequested.create({}), guardRequested.create({})])
    .catch((error: unknown) => logger.warn({ error: String(error) }, "The plan of this minute could not be asked for"));
await askForThisMinute();

const lookForLost = async (): Promise<void> => void (await announceLostCycles(runtime, engine));
const looks = startTimers([{ everyMs: LOOK_FOR_LOST_EVERY_MS, task: lookForLost }], (error) =>
  logger.warn({ error: String(error) }, "Lost hints could not be looked for"),
);

takeUpDuties(
  () => recordHeartbeat(runtime, "runner"),
  async () => {
    looks.stop();
    await engine.close();
    await runtime.close();
  },
);
