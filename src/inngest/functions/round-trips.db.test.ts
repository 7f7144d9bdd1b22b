import pg from "pg";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { createRuntime, type Runtime } from "~/server/runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "~/server/testing/books-fixture";
import { planSlot } from "~/server/testing/cycle-fixture";
import { setUserLimits } from "~/server/users/set-user-limits";
import { createSteppedClock } from "../embedded/base/scheduler-clock";
import { openRunnerTestBed, type RunnerTestBed } from "../embedded/contract/open-test-runner";
import { cycleDue } from "../events";
import { createRunBotCycle } from "./run-bot-cycle";

let bed: RunnerTestBed;
let runtime: Runtime;
let fixture: BooksFixture;

/** Buys one of three pairs at each slot. */
const BUYS = {
  mode: "buy-and-hold",
  risk: { entriesPerCycleMax: 1, positionMarginMax: 1, totalMarginMax: 1, correlationMax: 1, cooldownMinutes: 0 },
};

beforeAll(async () => {
  bed = await openRunnerTestBed();
  runtime = createRuntime({ databaseUrl: bed.url, poolMax: 5 });
  fixture = await createBooksFixture(runtime, { pairs: ["BTC/USDT", "ETH/USDT", "SOL/USDT"], settings: BUYS });
});
afterAll(async () => {
  await runtime.close();
  await bed.close();
});

it("a run of three pairs with an entry takes at most 19 round trips to the database, and 20 under a user's limits", async () => {
  const clock = createSteppedClock(FIRST_SLOT);
  // A lease that outlasts the test: how often it is kept is a matter of time, not of the run.
  const options = { clock, leaseMs: 300_000 };
  const { runner, client } = await bed.open((inngest) => [createRunBotCycle(inngest, fixture.ports)], options);
  // Another bot is the first to read the market of each slot.
  const first = await fixture.addBot();
  const runSlot = async (slot: number, botId: string): Promise<string[]> => {
    const cycleId = await planSlot(fixture, slot, botId);
    clock.jumpTo(slot);
    await client.send(cycleDue.create({ botId, cycleId, slot: new Date(slot).toISOString() }));
    const asked = vi.spyOn(pg.Client.prototype, "query");
    await runner.drain();
    const statements = asked.mock.calls.map(([query]: unknown[]) =>
      typeof query === "string" ? query : String((query as { text?: string }).text),
    );
    asked.mockRestore();
    const cycle = await runtime.db.cycle.findUniqueOrThrow({ where: { id: cycleId } });
    expect(cycle).toMatchObject({ status: "done", failure: null });
    return statements;
  };
  await runSlot(FIRST_SLOT, fixture.botId);
  await runSlot(FIRST_SLOT + HOUR_MS, first);
  const statements = await runSlot(FIRST_SLOT + HOUR_MS, fixture.botId);
  expect(await runtime.db.orderIntent.count({ where: { botId: fixture.botId } })).toBe(2);
  expect(statements.length, statements.join("\n")).toBeLessThanOrEqual(19);

  await setUserLimits(runtime, { email: `${fixture.userId}@example.org`, gross: "50000", sameSide: "50000" });
  await runSlot(FIRST_SLOT + 2 * HOUR_MS, first);
  const limited = await runSlot(FIRST_SLOT + 2 * HOUR_MS, fixture.botId);
  expect(await runtime.db.orderIntent.count({ where: { botId: fixture.botId } })).toBe(3);
  expect(limited.length, limited.join("\n")).toBeLessThanOrEqual(20);
}, 60_000);
