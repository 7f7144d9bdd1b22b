import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import type { TestDatabase } from "../../../scripts/testing/test-database";
import { utcMinute } from "~/trading/utc-minute";
import { createDatabase, type Database } from "../db/client";
import { Prisma } from "../db/prisma";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { claimSlot, expireLease, planSlot, stagesOf, wishToEnter, type Stage } from "../testing/cycle-fixture";
import { fingerprintBooks } from "../testing/fingerprint-books";
import { StaleCycleError, type CycleRef } from "./cycle-ref";
import { failCycle } from "./fail-cycle";
import { loadDecisions } from "./load-decisions";
import { runStage } from "./run-stage";
import { writeVerdicts } from "./save-verdicts";
import { MAY_WRITE, saveOnBooks } from "./save-stage";
import { startStage, type StageName } from "./start-stage";

let database: TestDatabase;
let runtime: Runtime;
let owner: Database;
let fixture: BooksFixture;
let stages: readonly Stage[];
openBed((bed) => ({ database, runtime } = bed), { poolMax: 10 });
beforeAll(async () => {
  owner = createDatabase({ url: database.ownerUrl, poolMax: 1 });
});
afterAll(() => owner.$disconnect());
beforeEach(async () => {
  fixture = await createBooksFixture(runtime);
  stages = stagesOf(fixture, wishToEnter(fixture));
});

const NAMES: StageName[] = [
  "read-market",
  "read-portfolio",
  "make-decisions",
  "apply-risk",
  "execute-orders",
  "record-equity",
];
const stageAt = (index: number): Stage => {
  const stage = stages[index];
  if (!stage) throw new Error(`there is no stage ${index}`);
  return stage;
};

describe("a repeated stage", () => {
  it.each([...NAMES.entries()])(
    "%i %s returns what it returned before, writes nothing, and is plain JSON",
    async (index) => {
      const cycle = await claimSlot(fixture, FIRST_SLOT, { holder: "run-1" });
      for (const stage of stages.slice(0, index)) await stage.run(cycle);
      const result = await stageAt(index).run(cycle);
      const before = await fingerprintBooks(runtime.db);
      expect(await stageAt(index).run(cycle)).toEqual(result);
      expect(await fingerprintBooks(runtime.db)).toEqual(before);
      expect(JSON.parse(JSON.stringify(result))).toEqual(result);
    },
  );

  it.each([...NAMES.entries()])("%i %s by two executions at once has one effect", async (index) => {
    const cycle = await claimSlot(fixture, FIRST_SLOT, { holder: "run-1" });
    for (const stage of stages.slice(0, index)) await stage.run(cycle);
    const [one, other, third] = await Promise.all([1, 2, 3].map(() => stageAt(index).run(cycle)));
    expect(other).toEqual(one);
    expect(third).toEqual(one);
    for (const stage of stages.slice(index + 1)) await stage.run(cycle);
    const { botId } = fixture;
    expect(await runtime.db.decision.count({ where: { cycleId: cycle.cycleId } })).toBe(1);
    expect(await runtime.db.orderIntent.count({ where: { botId } })).toBe(1);
    expect(await runtime.db.fill.count({ where: { position: { botId } } })).toBe(1);
    expect(await runtime.db.equityPoint.count({ where: { botId } })).toBe(1);
  });
});

it("a verdict is stored with the decision of its market, also where it came with a copy of that decision", async () => {
  const cycle = await claimSlot(fixture, FIRST_SLOT, { holder: "run-1" });
  for (const stage of stages.slice(0, 3)) await stage.run(cycle);
  const context = await runtime.contexts(cycle.botId, cycle.settingsVersion);
  const stored = await loadDecisions(runtime.db, cycle.cycleId);
  const verdict = {
    outcome: "rejected",
    rule: "spread",
    reason: "planted",
    checks: [],
    size: null,
    user: null,
  } as const;
  const assessed = structuredClone(stored).map(({ marketId, decision }) => ({
    marketId,
    decision,
    verdict,
    order: null,
  }));
  const writes = writeVerdicts({ context, cycle, newId: runtime.newId, stored }, assessed);
  for (const write of writes) await runtime.db.$executeRaw(write);
  const verdicts = await runtime.db.verdict.findMany({ where: { botId: cycle.botId } });
  expect(verdicts.map(({ decisionId, reason }) => [decisionId, reason])).toEqual([[stored[0]?.id, "planted"]]);
  const elsewhere = assessed.map((each) => ({ ...each, marketId: -1 }));
  const writing = () => writeVerdicts({ context, cycle, newId: runtime.newId, stored }, elsewhere);
  expect(writing).toThrow(/market -1 was judged without a stored decision/);
});

describe("a cycle that lost its bot", () => {
  it.each([...NAMES.entries()])("is refused at %i %s and writes nothing", async (index) => {
    const dead = await claimSlot(fixture, FIRST_SLOT, { holder: "run-1" });
    for (const stage of stages.slice(0, index)) await stage.run(dead);
    await expireLease(fixture);
    await claimSlot(fixture, FIRST_SLOT + HOUR_MS, { holder: "run-2" });
    const before = await fingerprintBooks(runtime.db);
    for (const stage of stages.slice(0, index + 1)) await expect(stage.run(dead)).rejects.toThrow(StaleCycleError);
    expect(await fingerprintBooks(runtime.db)).toEqual(before);
  });

  it("keeps it past the end of its lease while nobody else wants it", async () => {
    const cycle = await claimSlot(fixture, FIRST_SLOT, { holder: "run-1" });
    await expireLease(fixture);
    await stageAt(0).run(cycle);
    const lease = await runtime.db.botLease.findUniqueOrThrow({ where: { botId: fixture.botId } });
    expect(lease.expiresAt?.getTime()).toBeGreaterThan(Date.now());
  });

  it("to its own second claim is refused under the first epoch", async () => {
    const first = await claimSlot(fixture, FIRST_SLOT, { holder: "run-1" });
    const second = await claimSlot(fixture, FIRST_SLOT, { holder: "run-1" });
    await expect(stageAt(0).run(first)).rejects.toThrow(StaleCycleError);
    expect(await stageAt(0).run(second)).toMatchObject({ pairs: 1 });
  });

  it("to its own second claim sends no order under the first epoch", async () => {
    const first = await claimSlot(fixture, FIRST_SLOT, { holder: "run-1" });
    for (const stage of stages.slice(0, 4)) await stage.run(first);
    const second = await claimSlot(fixture, FIRST_SLOT, { holder: "run-1" });
    const before = await fingerprintBooks(runtime.db);
    await expect(stageAt(4).run(first)).rejects.toThrow(StaleCycleError);
    expect(await fingerprintBooks(runtime.db)).toEqual(before);
    await stageAt(4).run(second);
    expect(await runtime.db.fill.count({ where: { position: { botId: fixture.botId } } })).toBe(1);
  });

  it("by failing runs no further stage, and the bot is free for its next slot", async () => {
    const cycle = await claimSlot(fixture, FIRST_SLOT, { holder: "run-1" });
    for (const stage of stages.slice(0, 4)) await stage.run(cycle);
    const failed = { cycleId: cycle.cycleId, message: "the venue never answered" };
    expect(await failCycle(fixture.ports, failed)).toEqual({ failed: true });
    expect(await failCycle(fixture.ports, failed)).toEqual({ failed: false });
    await expect(stageAt(4).run(cycle)).rejects.toThrow(StaleCycleError);
    const order = await runtime.db.order.findFirstOrThrow({ where: { intent: { cycleId: cycle.cycleId } } });
    expect(order).toMatchObject({ status: "expired", statusReason: "its cycle failed" });
    const alerts = await runtime.db.alert.findMany({ where: { botId: fixture.botId, severity: "critical" } });
    const slot = utcMinute(new Date(FIRST_SLOT));
    expect(alerts.map(({ message }) => message)).toEqual([`The cycle of ${slot} failed: the venue never answered`]);
    expect(await claimSlot(fixture, FIRST_SLOT + HOUR_MS, { holder: "run-2" })).toMatchObject({ epoch: "2" });
  });
});

it("a slot that fails before it began leaves the lease to the cycle that holds the bot", async () => {
  const cycle = await claimSlot(fixture, FIRST_SLOT, { holder: "run-1" });
  const cycleId = await planSlot(fixture, FIRST_SLOT + HOUR_MS);
  expect(await failCycle(fixture.ports, { cycleId, message: "its run gave up" })).toEqual({ failed: true });
  for (const stage of stages) await stage.run(cycle);
  const { status } = await runtime.db.cycle.findUniqueOrThrow({ where: { id: cycle.cycleId } });
  const points = await runtime.db.equityPoint.count({ where: { botId: fixture.botId } });
  expect([status, points]).toEqual(["done", 1]);
});

describe("an order that was on its way when its cycle ended", () => {
  const fails = (cycle: CycleRef): Promise<object> =>
    failCycle(fixture.ports, { cycleId: cycle.cycleId, message: "the venue never answered" });
  const dies = async (): Promise<object> => {
    await expireLease(fixture);
    return claimSlot(fixture, FIRST_SLOT + HOUR_MS, { holder: "run-2" });
  };

  it.each([
    ["paper", "failed", "expired", fails],
    ["paper", "died", "expired", dies],
    ["live", "failed", "submitting", fails],
    ["live", "died", "submitting", dies],
  ] as const)("on a %s account whose cycle %s is %s: a real one is asked about", async (kind, _end, status, end) => {
    const cycle = await claimSlot(fixture, FIRST_SLOT, { holder: "run-1" });
    for (const stage of stages.slice(0, 4)) await stage.run(cycle);
    await owner.$transaction([
      owner.$executeRaw`SET LOCAL session_replication_role = replica`,
      owner.$executeRaw`UPDATE bots SET account_kind = ${kind}::"AccountKind" WHERE id = ${fixture.botId}::uuid`,
      owner.$executeRaw`UPDATE accounts SET kind = ${kind}::"AccountKind" WHERE user_id = ${fixture.userId}::uuid`,
      owner.$executeRaw`UPDATE orders SET status = 'submitting' WHERE status = 'pending'`,
    ]);
    await end(cycle);
    const order = await runtime.db.order.findFirstOrThrow({ where: { intent: { cycleId: cycle.cycleId } } });
    expect(order.status).toBe(status);
  });
});

it("a stage whose work throws leaves neither its writes nor its memo", async () => {
  const cycle = await claimSlot(fixture, FIRST_SLOT, { holder: "run-1" });
  const before = await fingerprintBooks(runtime.db);
  const work = runStage(runtime.db, startStage(cycle, "read-market"), async (tx) => {
    await tx.bot.update({ where: { id: fixture.botId }, data: { name: "changed" } });
    throw new Error("broken books");
  });
  await expect(work).rejects.toThrow("broken books");
  expect(await fingerprintBooks(runtime.db)).toEqual(before);
});

it("a stage whose books were changed after it read them writes nothing by them, and is computed again on those of now", async () => {
  const cycle = await claimSlot(fixture, FIRST_SLOT, { holder: "run-1" });
  const seen: string[] = [];
  const result = await saveOnBooks(runtime.db, startStage(cycle, "read-portfolio"), async ({ kept }) => {
    seen.push(kept.tradingState);
    const name = `computed while ${kept.tradingState}`;
    if (seen.length === 1) {
      await runtime.db.bot.update({ where: { id: fixture.botId }, data: { tradingState: "reducing" } });
    }
    const write = Prisma.sql`UPDATE bots SET name = name || ${name} WHERE id = ${fixture.botId}::uuid AND ${MAY_WRITE}`;
    return { result: { name }, writes: [write] };
  });
  expect(seen).toEqual(["active", "reducing"]);
  expect(result).toEqual({ name: "computed while reducing" });
  const { name } = await runtime.db.bot.findUniqueOrThrow({ where: { id: fixture.botId } });
  expect(name).toMatch(/computed while reducing$/);
  expect(name).not.toContain("active");
});
