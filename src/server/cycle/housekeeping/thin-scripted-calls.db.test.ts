import { beforeEach, expect, it } from "vitest";
import { openBed } from "../../../../scripts/testing/open-bed";
import type { Runtime } from "../../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../../testing/books-fixture";
import { claimSlot, stagesOf, wishToEnter, type Wish } from "../../testing/cycle-fixture";
import { insertSampleCall } from "../../testing/sample-call";
import { thinWallRecords } from "./thin-records";

const DAY_MS = 86_400_000;
const ASKED_AT = Date.UTC(2026, 10, 28);

let runtime: Runtime;
let fixture: BooksFixture;
openBed((bed) => ({ runtime } = bed), { per: "test" });
beforeEach(async () => {
  fixture = await createBooksFixture(runtime);
});

const runSlot = async (hour: number, wish: Wish): Promise<string> => {
  const slot = FIRST_SLOT + hour * HOUR_MS;
  const cycle = await claimSlot(fixture, slot, { holder: `run-${slot}` });
  for (const stage of stagesOf(fixture, wish)) await stage.run(cycle);
  return cycle.cycleId;
};

const asked = (cycleId: string, changes: Partial<Parameters<typeof insertSampleCall>[1]> = {}): Promise<string> =>
  insertSampleCall(runtime.db, { userId: fixture.userId, botId: fixture.botId, cycleId, ...changes });

/** As when the day's cycles were thinned before: it was counted. */
const countDay = () =>
  runtime.db.cycleDay.create({
    data: { botId: fixture.botId, day: new Date(FIRST_SLOT), done: 3, skipped: 0, failed: 0 },
  });

const thinAfter = async (days: number): Promise<number> => {
  const { db } = runtime;
  return (await thinWallRecords({ db, wallNow: () => ASKED_AT + days * DAY_MS })).scriptedCalls;
};
const callsLeft = async () => (await runtime.db.modelCall.findMany()).map(({ id }) => id).toSorted();

it("calls of the scripted model that led to nothing go a day later with their cycles, of days that were counted", async () => {
  const cycleId = await runSlot(0, () => []);
  const callId = await asked(cycleId);
  expect(await thinAfter(1.01)).toBe(0);
  await countDay();
  expect(await thinAfter(0.99)).toBe(0);
  expect(await callsLeft()).toEqual([callId]);
  expect(await thinAfter(1.01)).toBe(1);
  expect(await callsLeft()).toEqual([]);
  expect(await runtime.db.cycle.findUnique({ where: { id: cycleId } })).toBeNull();
  expect(await runtime.db.cycleDay.count({ where: { botId: fixture.botId } })).toBe(1);
});

it("calls that led to an order stay, and so does whatever may have been paid or is under way", async () => {
  const kept = [await asked(await runSlot(0, wishToEnter(fixture)), { promptHash: "1".repeat(64) })];
  kept.push(await asked(await runSlot(1, () => []), { provider: "anthropic", promptHash: "2".repeat(64) }));
  const open = { servedModel: null, cost: null, raw: null, stopReason: null, tries: null, answeredAt: null };
  const tokens = { inputTokens: null, cacheReadTokens: null, cacheWriteTokens: null, outputTokens: null };
  const underWay = { ...open, ...tokens, state: "reserved" as const, latencyMs: null, promptHash: "3".repeat(64) };
  kept.push(await asked(await runSlot(2, () => []), underWay));
  await countDay();
  expect(await thinAfter(400)).toBe(0);
  expect(await callsLeft()).toEqual(kept.toSorted());
});

it("calls of a cycle that is not over stay", async () => {
  const cycle = await claimSlot(fixture, FIRST_SLOT, { holder: "run" });
  const callId = await asked(cycle.cycleId);
  await countDay();
  expect(await thinAfter(400)).toBe(0);
  expect(await callsLeft()).toEqual([callId]);
});

it("calls that led to a wish stay, also where a rule refused it", async () => {
  const far: Wish = (slot) => wishToEnter(fixture)(slot).map((decision) => ({ ...decision, stopLoss: "1" }));
  const cycleId = await runSlot(0, far);
  expect(await runtime.db.decision.count({ where: { cycleId, action: "open" } })).toBe(1);
  expect(await runtime.db.orderIntent.count({ where: { cycleId } })).toBe(0);
  const callId = await asked(cycleId);
  await countDay();
  expect(await thinAfter(400)).toBe(0);
  expect(await callsLeft()).toEqual([callId]);
});
