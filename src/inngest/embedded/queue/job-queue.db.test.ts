import { afterAll, beforeAll, expect, it } from "vitest";
import { acceptEvents } from "../transport/accept-events";
import { checkpointSteps } from "../transport/checkpoint-steps";
import { openRunnerTestBed, type RunnerTestBed } from "../contract/open-test-runner";
import { registerFunction } from "../registry/function-registry";
import { interpretAnswer } from "../execution/interpret-answer";
import { createJobQueue, leaseOf, type Job, type JobQueue } from "./job-queue";
import { createEventRouter, type EventRouter } from "../routing/route-events";
import { createRunnerDatabase, type RunnerDatabase } from "../base/runner-database";
import { ensureRunnerSchema } from "../schema/ensure-runner-schema";

/** Longer than any test: here a lease ends only when the test ends it. */
const LEASE_MS = 3_600_000;
const NOW = 1000;
const FN = "app-fenced";

let bed: RunnerTestBed;
beforeAll(async () => {
  bed = await openRunnerTestBed();
  await ensureRunnerSchema(bed.pool);
});
afterAll(() => bed.close());

const routeAll = async (queue: JobQueue, router: EventRouter): Promise<void> => {
  const routing = await router.plan(NOW);
  if (routing) expect(await queue.routeAndClaim(routing, 0)).toEqual([]);
};

it("the holder of a lost lease can neither save nor settle, extend nor release; the new holder can", async () => {
  const database = createRunnerDatabase(bed.pool);
  const fn = registerFunction({
    id: FN,
    maxAttempts: 1,
    triggers: [{ event: "fence/go" }],
    singleton: undefined,
    cancels: [],
  });
  await acceptEvents(database, { events: [{ name: "fence/go" }], seed: undefined, now: NOW });
  const queue = createJobQueue(database, { leaseMs: LEASE_MS, functionIds: [FN] });
  await routeAll(queue, createEventRouter(database, [fn]));

  const [stale] = await queue.claim(1, NOW);
  if (!stale) throw new Error("The job was not claimed.");
  expect(await queue.claim(1, NOW)).toEqual([]); // held
  await bed.query("update runner.jobs set lease_until = clock_timestamp() - interval '1 ms' where id = $1", [stale.id]);
  const [current] = await queue.claim(1, NOW);
  if (!current) throw new Error("The job was not claimed again.");
  const lease = () => bed.query("select lease_until::text from runner.jobs where id = $1", [stale.id]);
  const before = await lease();
  await queue.extend([stale]);
  expect(await lease()).toEqual(before);
  await queue.release([stale]);
  expect(await queue.claim(1, NOW)).toEqual([]); // still held by the new one

  const save = (job: Job) =>
    checkpointSteps(database, LEASE_MS, { qi_id: leaseOf(job), steps: [{ op: "StepRun", id: "s", data: job.token }] });
  const end = (job: Job) => {
    const answer = { kind: "returned", data: job.token, noRetry: false, retryAfter: undefined } as const;
    return queue.settle(job, interpretAnswer(answer, { job, maxAttempts: 1, now: NOW, backoff: () => 0 }), {
      now: NOW,
      limit: 0,
    });
  };
  expect([await save(stale), await end(stale)]).toEqual(["stale", null]);
  expect([await save(current), await end(current)]).toEqual(["saved", []]);
  expect([await save(current), await end(current)]).toEqual(["stale", null]); // settled: the job is gone
  const rows = await bed.query("select r.output, s.value from runner.runs r join runner.steps s on s.run_id = r.id");
  expect(rows).toEqual([{ output: current.token, value: { type: "data", data: current.token } }]);
});

const claimOne = async (fnId: string, name: string): Promise<{ job: Job; database: RunnerDatabase }> => {
  const database = createRunnerDatabase(bed.pool);
  const fn = registerFunction({
    id: fnId,
    maxAttempts: 1,
    triggers: [{ event: name }],
    singleton: undefined,
    cancels: [],
  });
  await acceptEvents(database, { events: [{ name }], seed: undefined, now: NOW });
  const queue = createJobQueue(database, { leaseMs: LEASE_MS, functionIds: [fnId] });
  await routeAll(queue, createEventRouter(database, [fn]));
  const [job] = await queue.claim(1, NOW);
  if (!job) throw new Error("The job was not claimed.");
  return { job, database };
};

it("waits for the next due job of its own functions, not for one that another version of the program knows", async () => {
  const { job, database } = await claimOne("app-later", "later/go");
  await bed.query("update runner.jobs set due_ms = $1 where id = $2", [NOW + 500, job.id]);
  const queueOf = (id: string) => createJobQueue(database, { leaseMs: LEASE_MS, functionIds: [id] });
  expect([await queueOf("app-later").nextDueAt(NOW), await queueOf("app-other").nextDueAt(NOW)]).toEqual([
    NOW + 500,
    undefined,
  ]);
});

it("a finished step keeps its first result and its place, whoever saves it again", async () => {
  const { job, database } = await claimOne("app-finished", "finished/go");
  const save = (id: string, data: string) =>
    checkpointSteps(database, LEASE_MS, { qi_id: leaseOf(job), steps: [{ op: "StepRun", id, data }] });
  expect([await save("a", "first"), await save("b", "second"), await save("a", "third")]).toEqual([
    "saved",
    "saved",
    "saved",
  ]);
  const rows = await bed.query("select id, value from runner.steps where run_id = $1 order by finished_seq", [
    job.runId,
  ]);
  expect(rows).toEqual([
    { id: "a", value: { type: "data", data: "first" } },
    { id: "b", value: { type: "data", data: "second" } },
  ]);
});

it("a send that is repeated is one send: its events without an id get the same ids, each its own", async () => {
  const database = createRunnerDatabase(bed.pool);
  const send = (seed: string) =>
    acceptEvents(database, { events: [{ name: "seed/go" }, { name: "seed/go" }], seed, now: NOW });
  const [first, again, other] = [await send("1000,abc"), await send("1000,abc"), await send("1000,abd")];
  expect(again).toEqual(first);
  expect(new Set([...first, ...other]).size).toBe(4);
  const rows = await bed.query<{ id: string }>("select id from runner.events where name = 'seed/go'");
  expect(rows.map(({ id }) => id).toSorted()).toEqual([...first, ...other].toSorted());
});

it("routing claims the runs that it starts, and settling the job that it leaves due: neither where another was first", async () => {
  const database = createRunnerDatabase(bed.pool);
  const fn = registerFunction({
    id: "app-next",
    maxAttempts: 2,
    triggers: [{ event: "next/go" }],
    singleton: undefined,
    cancels: [],
  });
  const queue = createJobQueue(database, { leaseMs: LEASE_MS, functionIds: ["app-next"] });
  await acceptEvents(database, { events: [{ name: "next/go" }, { name: "next/go" }], seed: undefined, now: NOW });
  const routing = await createEventRouter(database, [fn]).plan(NOW);
  if (routing === null) throw new Error("No event has arrived.");
  const [job, ...more] = (await queue.routeAndClaim(routing, 1)) ?? [];
  if (!job) throw new Error("The job was not claimed.");
  expect(more).toEqual([]);
  expect(await queue.routeAndClaim(routing, 1)).toBeNull(); // routed before

  const answer = { kind: "failed", error: "once", noRetry: false, retryAfter: undefined } as const;
  const call = interpretAnswer(answer, { job, maxAttempts: 2, now: NOW, backoff: () => 0 });
  const next = await queue.settle(job, call, { now: NOW, limit: 5 });
  expect(next?.map(({ runId, attempt }) => [runId === job.runId, attempt])).toEqual([
    [false, 0],
    [true, 1],
  ]);
  expect(await queue.settle(job, call, { now: NOW, limit: 5 })).toBeNull(); // settled before
  expect(await queue.claim(5, NOW)).toEqual([]); // both are held
});
