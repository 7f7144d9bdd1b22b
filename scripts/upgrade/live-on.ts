import { setTimeout } from "node:timers/promises";
import pg from "pg";
import { createOkxSimulator } from "../../simulators/okx/create-okx-simulator";
import { createInngestClient, type InngestClient } from "../../src/inngest/client";
import { createEmbeddedRunner } from "../../src/inngest/embedded/create-embedded-runner";
import { createEmbeddedTransport } from "../../src/inngest/embedded/transport/embedded-transport";
import { wallSchedulerClock } from "../../src/inngest/embedded/base/scheduler-clock";
import { planRequested } from "../../src/inngest/events";
import { createFunctions } from "../../src/inngest/index";
import { createRuntime, type Runtime } from "../../src/server/runtime";
import type { OrderStatus } from "../../src/trading/execution/order-status";
import { openDemoClock } from "../../src/server/demo/demo-clock";
import { openDemoSource } from "../start/demo-source";
import { openRowClock } from "../../src/server/demo/row-clock";
import { parseStartOptions } from "../start/start-options";
import { openSurvival } from "../start/survival";

/** Slower than the demo: a slot every five seconds, which even a busy machine can keep up with. */
const SPEED = 360;
const LEASE_MS = 900;
const LOOK_EVERY_MS = 100;
const soon = (): number => 50;

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined, debug: () => undefined };

export type LivedOn = {
  /** What is wrong with the books, in words. */
  readonly problems: readonly string[];
  /** The final status of the cycles that were running or waiting for a retry. */
  readonly statusOf: { readonly running: string; readonly retrying: string };
  /** Orders from before the resume that are still unresolved. */
  readonly unresolvedOrders: number;
};

const startRunner = async (databaseUrl: string, demoUrl: string) => {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 5 });
  const transport = createEmbeddedTransport({ pool, clock: wallSchedulerClock });
  const client = createInngestClient(
    { kind: "embedded", fetch: transport.fetch },
    { logger: silent, internalLogger: silent },
  );
  const runtime = createRuntime({ databaseUrl, demoUrl, poolMax: 5, keepsPrepared: true, retryDelayMs: soon });
  const functions = createFunctions(client, runtime);
  const runner = await createEmbeddedRunner({
    transport,
    client,
    functions,
    concurrency: 4,
    cron: false,
    backoff: soon,
    leaseMs: LEASE_MS,
  });
  runner.start();
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> =>
    (stopping ??= (async () => {
      await runner.stop();
      await runtime.close();
      await pool.end();
    })());
  return { client, runtime, stop };
};

const findStood = async ({ db }: Runtime) => {
  const running = await db.cycle.findFirstOrThrow({ where: { status: "running" } });
  const retrying = await db.cycle.findFirstOrThrow({ where: { status: "due", retries: { gt: 0 } } });
  return { running: running.id, retrying: retrying.id };
};

const UNRESOLVED: OrderStatus[] = ["pending", "submitting", "accepted", "partiallyFilled", "unknown"];

/** Counts the work that the dead runner left. */
const QUEUED = `
  SELECT (SELECT count(*) FROM cycles WHERE status IN ('due', 'running') AND slot <= $1)::int
    + (SELECT count(*) FROM runner.events WHERE NOT routed AND received_ms < $2)::int AS queued`;

type Closer = () => Promise<unknown>;

/** Opens the demo's market on the database's clock, which stands still, and a connection for queries. */
const openMarket = async (databaseUrl: string, closers: Closer[]) => {
  const observer = new pg.Client({ connectionString: databaseUrl });
  await observer.connect();
  closers.push(() => observer.end());
  const { rows } = await observer.query<{ id: string }>("SELECT id FROM venues WHERE archived_at IS NULL");
  const venueId = rows[0]?.id ?? "";
  const clock = await openDemoClock({ databaseUrl, venueId, speed: SPEED, onTrouble: () => undefined });
  closers.push(() => clock.stop(true));
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  pool.on("error", () => undefined);
  closers.push(() => pool.end());
  const rowClock = await openRowClock(pool, venueId);
  closers.push(rowClock.close);
  const { library } = await openDemoSource(parseStartOptions([], {}).demo);
  const simulator = await createOkxSimulator({ candles: library, now: rowClock.now });
  closers.push(simulator.close);
  return { observer, venueId, clock, demoUrl: simulator.baseUrl };
};

/** Plans as the cron would, until `isOver`. */
const liveUntil = async (client: InngestClient, isOver: () => Promise<boolean>): Promise<void> => {
  while (!(await isOver())) {
    await client.send(planRequested.create({}));
    await setTimeout(LOOK_EVERY_MS);
  }
};

const goOn = async (databaseUrl: string, closers: Closer[]): Promise<LivedOn> => {
  const startedAt = Date.now();
  const survival = openSurvival(databaseUrl);
  closers.push(survival.close);
  const before = await survival.standing();
  const { observer, venueId, clock, demoUrl } = await openMarket(databaseUrl, closers);
  const { client, runtime, stop } = await startRunner(databaseUrl, demoUrl);
  closers.push(stop);
  const { cycle: cycles, order: orders } = runtime.db;
  const stood = await findStood(runtime);
  await clock.run();
  await runtime.events.clockSet({ venueId, anchorWall: startedAt });
  const statusOf = async (id: string): Promise<string> => (await cycles.findUniqueOrThrow({ where: { id } })).status;
  const resumedAt = new Date(clock.marketTime);
  await liveUntil(client, async () => {
    const { rows } = await observer.query<{ queued: number }>(QUEUED, [resumedAt, startedAt]);
    return rows[0]?.queued === 0 && (await cycles.count({ where: { status: "done", slot: { gt: resumedAt } } })) > 0;
  });
  const result = {
    statusOf: { running: await statusOf(stood.running), retrying: await statusOf(stood.retrying) },
    unresolvedOrders: await orders.count({
      where: { status: { in: UNRESOLVED }, createdAt: { lt: new Date(startedAt) } },
    }),
  };
  await stop();
  // When the runner was stopped in the middle of a cycle, that cycle is still open.
  const problems = (await survival.problems(before)).filter((text) => !text.includes("never ended"));
  return { ...result, problems };
};

/**
 * Runs the product's own functions in a database where a runner died, until the work left in its queue is done and the
 * bots trade again.
 */
export const liveOn = async (databaseUrl: string): Promise<LivedOn> => {
  const closers: Closer[] = [];
  try {
    return await goOn(databaseUrl, closers);
  } finally {
    for (const close of closers.toReversed()) await close();
  }
};
