import { Inngest } from "inngest";
import pg from "pg";
import { createEmbeddedRunner, type EmbeddedRunner } from "../src/inngest/embedded/create-embedded-runner";
import { EMBEDDED_BASE_URL } from "../src/inngest/embedded/transport/embedded-fetch";
import { createEmbeddedTransport } from "../src/inngest/embedded/transport/embedded-transport";
import { wallSchedulerClock } from "../src/inngest/embedded/base/scheduler-clock";
import { quantile } from "./quantile";

const STEPS_PER_RUN = 6;

/** Runs of six trivial steps; `stepMs` collects the time from the end of one step to the end of the next. */
const createSteppingFunction = (client: Inngest.Any, stepMs: number[]) =>
  client.createFunction({ id: "stepping", triggers: [{ event: "bench/step" }] }, async ({ step }) => {
    let last = performance.now();
    for (let index = 0; index < STEPS_PER_RUN; index += 1) {
      await step.run(`step-${index}`, () => index);
      stepMs.push(performance.now() - last);
      last = performance.now();
    }
  });

const measure = async (pool: pg.Pool, concurrency: number, runs: number): Promise<void> => {
  const transport = createEmbeddedTransport({ pool, clock: wallSchedulerClock });
  const client = new Inngest({ id: "bench", isDev: true, baseUrl: EMBEDDED_BASE_URL, fetch: transport.fetch });
  const stepMs: number[] = [];
  const functions = [createSteppingFunction(client, stepMs)];
  const runner: EmbeddedRunner = await createEmbeddedRunner({ transport, client, functions, concurrency });
  const events = Array.from({ length: runs }, () => ({ name: "bench/step", data: {} }));
  await client.send(events.slice(0, 20));
  await runner.drain(); // warm up
  stepMs.length = 0;
  const before = runner.stats();
  const sendStart = performance.now();
  await client.send(events);
  const start = performance.now();
  await runner.drain();
  const elapsed = performance.now() - start;
  const { roundTrips } = runner.stats();
  await runner.stop();

  const steps = runs * STEPS_PER_RUN;
  const sorted = stepMs.toSorted((left, right) => left - right);
  console.log(
    [
      `${concurrency} in flight: ${runs} runs x ${STEPS_PER_RUN} steps`,
      `sent in ${(start - sendStart).toFixed(0)} ms`,
      `${((steps / elapsed) * 1000).toFixed(0)} steps/s`,
      `${((elapsed * concurrency) / steps).toFixed(2)} ms/step with the run's own cost`,
      `step p50 ${quantile(sorted, 0.5).toFixed(2)} ms, p99 ${quantile(sorted, 0.99).toFixed(2)} ms`,
      `${((roundTrips - before.roundTrips) / runs).toFixed(1)} round trips a run, events and checkpoints included`,
    ].join("; "),
  );
};

const databaseUrl = process.argv[2];
if (databaseUrl === undefined) {
  console.error(
    "Usage: npx tsx bench/runner.ts postgres://user@host:port/database [runs]   (uses its schema `runner`)",
  );
  process.exit(1);
}
const runs = Number(process.argv[3] ?? 300);
const pool = new pg.Pool({ connectionString: databaseUrl, max: 20 });
await measure(pool, 1, runs);
await measure(pool, 16, runs);
await pool.end();
