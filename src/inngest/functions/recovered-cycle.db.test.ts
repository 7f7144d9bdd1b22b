import { once } from "node:events";
import pg from "pg";
import { afterEach, expect, it } from "vitest";
import {
  clientOf,
  closeRunnerStage,
  openRunnerStage,
  startRunner,
  type RunnerStage,
} from "../../../scripts/testing/runner-stage";
import { getCycle } from "~/server/views/cycles/get-cycle";
import { planRequested } from "../events";

let stage: RunnerStage | undefined;
let blocker: pg.Client | undefined;

afterEach(async () => {
  await blocker?.end();
  if (stage) await closeRunnerStage(stage);
  stage = blocker = undefined;
});

/** Repeats a query until it has a result. */
const until = async <Answer>(running: RunnerStage, ask: () => Promise<Answer | null | undefined>): Promise<Answer> => {
  for (;;) {
    const answer = await ask();
    if (answer !== null && answer !== undefined) return answer;
    await running.runtime.db.$queryRaw`SELECT pg_sleep(0.05)::text`;
  }
};

/** Blocks every write of verdicts, so that a cycle stops in the middle of its fourth stage. */
const blockVerdicts = async (running: RunnerStage): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: running.database.url });
  await client.connect();
  await client.query("BEGIN; LOCK TABLE verdicts IN EXCLUSIVE MODE");
  return client;
};

const heldCycle = async ({ runtime, botId }: RunnerStage): Promise<string | null> => {
  const [row] = await runtime.db.$queryRaw<{ id: string }[]>`
    SELECT id FROM cycles WHERE bot_id = ${botId}::uuid AND status = 'running' AND stages ? 'read-market'
      AND EXISTS (SELECT 1 FROM pg_locks WHERE relation = 'verdicts'::regclass AND NOT granted)`;
  return row?.id ?? null;
};

it("a cycle whose process was killed in the middle of a stage says so, in that stage and no other", async () => {
  const running = await openRunnerStage();
  stage = running;
  blocker = await blockVerdicts(running);
  const victim = await startRunner(running);
  await clientOf(running).send(planRequested.create({}));
  const cycleId = await until(running, () => heldCycle(running));
  const { userId } = await running.runtime.db.bot.findUniqueOrThrow({ where: { id: running.botId } });
  const viewOf = () => getCycle(running.runtime, { userId, cycleId });

  const before = await viewOf();
  expect(before.stages.map(({ stage: name, state }) => `${name} ${state}`).slice(0, 4)).toEqual([
    "read-market done",
    "read-portfolio not-needed",
    "make-decisions done",
    "apply-risk running",
  ]);

  victim.kill("SIGKILL");
  await once(victim, "exit");
  // What the dead process asked last must not be done either, as where its machine died with it.
  await blocker.query(
    "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE relation = 'verdicts'::regclass AND NOT granted",
  );
  await blocker.query("ROLLBACK");
  await startRunner(running);
  const after = await until(running, async () => {
    const view = await viewOf();
    return view.status === "done" ? view : null;
  });
  const recovered = after.stages.filter(({ recovered: text }) => text !== null);
  expect(recovered.map(({ stage: name, state, attempts }) => [name, state, attempts])).toEqual([
    ["apply-risk", "done", null],
  ]);
  expect(recovered[0]?.recovered).toMatch(/^the process running the cycle stopped; another took over \d+\.\d s later$/);
  const ordinary = after.stages.filter(({ state, recovered: text }) => state === "done" && text === null);
  for (const { attempts } of ordinary) expect(attempts).toBe(1);
  expect(after.decisions).toHaveLength(3);
});
