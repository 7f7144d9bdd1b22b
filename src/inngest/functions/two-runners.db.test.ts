import { once } from "node:events";
import { afterEach, expect, it } from "vitest";
import {
  clientOf,
  closeRunnerStage,
  openRunnerStage,
  startRunner,
  type RunnerStage,
} from "../../../scripts/testing/runner-stage";
import { checkBotInvariants } from "~/server/books/check-bot-invariants";
import { guardRequested, planRequested } from "../events";

let stage: RunnerStage | undefined;

const doneCycles = ({ runtime, botId }: RunnerStage): Promise<number> =>
  runtime.db.cycle.count({ where: { botId, status: "done" } });

/** Plans and guards as the crons would, until the bot has finished this many more cycles. */
const liveUntil = async (running: RunnerStage, cycles: number): Promise<void> => {
  const client = clientOf(running);
  const target = (await doneCycles(running)) + cycles;
  while ((await doneCycles(running)) < target) {
    await client.send([planRequested.create({}), guardRequested.create({})]);
    await running.runtime.db.$queryRaw`SELECT pg_sleep(0.2)::text`;
  }
};

afterEach(async () => {
  if (stage) await closeRunnerStage(stage);
  stage = undefined;
});

it("two runners, one stopped past its lease again and again: no slot twice, no fill twice, books that balance", async () => {
  const running = await openRunnerStage();
  stage = running;
  const { runtime, botId } = running;
  const first = await startRunner(running);
  const second = await startRunner(running);
  await liveUntil(running, 3);
  for (const victim of [first, second]) {
    victim.kill("SIGSTOP");
    await liveUntil(running, 2);
    victim.kill("SIGCONT");
    await liveUntil(running, 2);
  }
  // A slot that brings nothing to do fills nothing: on a busy machine most pass before their run.
  while ((await runtime.db.fill.count()) <= 3) await liveUntil(running, 1);
  await Promise.all(
    [first, second].map(async (child) => {
      child.kill("SIGTERM");
      await once(child, "exit");
    }),
  );
  const cycles = await runtime.db.cycle.findMany({ where: { botId }, orderBy: { slot: "asc" } });
  const last = cycles.filter(({ status }) => status === "done").at(-1);
  const broken = await checkBotInvariants(runtime, { botId, settingsVersion: 1, at: last?.slot.getTime() ?? 0 });
  // The cycle that the last stop interrupted is still open; all earlier ones have ended.
  expect(broken.filter(({ text }) => !text.includes("never ended"))).toEqual([]);
  expect(new Set(cycles.map(({ slot }) => slot.getTime())).size).toBe(cycles.length);
  expect(await runtime.db.fill.count()).toBeGreaterThan(3);
  expect(
    await runtime.db.order.count({ where: { status: { in: ["pending", "submitting", "unknown"] } } }),
  ).toBeLessThanOrEqual(1);
});
