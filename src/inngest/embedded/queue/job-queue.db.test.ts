import { afterAll, beforeAll, expect, it } from "vitest";
import { acceptEvents } from "../transport/accept-events";
import { checkpointSteps } from "../transport/checkpoint-steps";
import { openRunnerTestBed, type RunnerTestBed } from "../contract/open-test-runner";
import { registerFunction } from "../registry/function-registry";
import { interpretAnswer } from "../execution/interpret-answer";
import { createJobQueue, leaseOf, type Job } from "./job-queue";
import { createEventRouter } from "../routing/route-events";
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
  await createEventRouter(database, [fn]).routeAll(NOW);
  const queue = createJobQueue(database, { leaseMs: LEASE_MS, functionIds: [FN] });

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
    return queue.settle(job, interpretAnswer(answer, { job, maxAttempts: 1, now: NOW, backoff: () => 0 }), NOW);
  };
  expect([await save(stale), await end(stale)]).toEqual(["stale", false]);
  expect([await save(current), await end(current)]).toEqual(["saved", true]);
  expect([await save(current), await end(current)]).toEqual(["stale", false]); // settled: the job is gone
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
  await createEventRouter(database, [fn]).routeAll(NOW);
  const [job] = await createJobQueue(database, { leaseMs: LEASE_MS, functionIds: [fnId] }).claim(1, NOW);
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
