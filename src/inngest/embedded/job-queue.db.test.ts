import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { acceptEvents } from "./accept-events";
import { checkpointSteps } from "./checkpoint-steps";
import { openRunnerTestBed, type RunnerTestBed } from "./contract/open-test-runner";
import { registerFunction } from "./function-registry";
import { interpretAnswer } from "./interpret-answer";
import { createJobQueue, leaseOf, type Job } from "./job-queue";
import { createEventRouter } from "./route-events";
import { createRunnerDatabase } from "./runner-database";
import { ensureRunnerSchema } from "./schema/ensure-runner-schema";

const LEASE_MS = 300;
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
  const current = await vi.waitFor(async () => {
    const [job] = await queue.claim(1, NOW);
    if (!job) throw new Error("still held");
    return job;
  });
  await queue.extend([stale]);
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
