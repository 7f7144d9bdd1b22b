import { beforeEach, describe, expect, it, vi } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { VenueError } from "~/trading/venue-error";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { beginSlot, claimSlot, stagesOf, wishToEnter, type Stage } from "../testing/cycle-fixture";
import { fingerprintBooks } from "../testing/fingerprint-books";
import { beginCycle } from "./begin-cycle";
import { RetriesExhaustedError, StaleCycleError, type CycleRef } from "./cycle-ref";
import { failCycle } from "./fail-cycle";
import { extendLease } from "./lease";
import { tryStage, type SetBack } from "./try-stage";

const CAUSE = "The venue does not answer.";
const MINUTE_MS = 60_000;

let runtime: Runtime;
let fixture: BooksFixture;
let stages: readonly Stage[];
openBed((bed) => ({ runtime } = bed), { poolMax: 10 });
beforeEach(async () => {
  fixture = await createBooksFixture(runtime);
  stages = stagesOf(fixture, wishToEnter(fixture));
});

const cycleOf = (id: string) => runtime.db.cycle.findUniqueOrThrow({ where: { id } });
const lease = () => runtime.db.botLease.findUniqueOrThrow({ where: { botId: fixture.botId } });
/** How long the lease still lasts, by the database's clock; null: it is free. */
const secondsLeft = async (): Promise<number | null> => {
  const [row] = await runtime.db.$queryRaw<[{ left: number | null }]>`
    SELECT extract(epoch FROM expires_at - clock_timestamp())::float8 AS left FROM bot_leases
    WHERE bot_id = ${fixture.botId}::uuid`;
  return row.left;
};
const fail = (cycle: CycleRef) =>
  tryStage<never>(fixture.ports, cycle, () => Promise.reject(new VenueError("unreachable", CAUSE)));
const again = ({ cycleId, botId }: CycleRef, holder = "run-1") => beginCycle(fixture.ports, { botId, cycleId, holder });
const reached = async (index: number): Promise<CycleRef> => {
  const cycle = await claimSlot(fixture, FIRST_SLOT, { holder: "run-1" });
  for (const stage of stages.slice(0, index)) await stage.run(cycle);
  return cycle;
};
const counts = async () => {
  const { botId } = fixture;
  const [decisions, fills, points] = await Promise.all([
    runtime.db.decision.count({ where: { cycle: { botId } } }),
    runtime.db.fill.count({ where: { position: { botId } } }),
    runtime.db.equityPoint.count({ where: { botId } }),
  ]);
  return { decisions, fills, points };
};

const BEFORE_VERDICTS = [
  [0, "read-market"],
  [1, "read-portfolio"],
  [2, "make-decisions"],
  [3, "apply-risk"],
] as const;
const AFTER_VERDICTS = [
  [4, "execute-orders"],
  [5, "record-equity"],
] as const;

describe("a failure before the verdicts", () => {
  it.each(BEFORE_VERDICTS)("at %i %s sets the cycle back to due and frees its bot for the next slot", async (index) => {
    const cycle = await reached(index);
    expect(await fail(cycle)).toMatchObject({ outcome: "set-back", cause: CAUSE });
    expect(await cycleOf(cycle.cycleId)).toMatchObject({ status: "due", retries: 1, failure: CAUSE, endedAt: null });
    expect(await extendLease(runtime.db, cycle)).toBe(false);
    expect(await lease()).toMatchObject({ holder: null, expiresAt: null });
    expect(await beginSlot(fixture, FIRST_SLOT + HOUR_MS, { holder: "run-2" })).toMatchObject({ outcome: "begun" });
  });

  it.each(BEFORE_VERDICTS)("at %i %s lets the cycle begin anew, and the epoch before writes nothing", async (index) => {
    const old = await reached(index);
    await fail(old);
    const begun = await again(old);
    expect(begun).toMatchObject({ outcome: "begun", cycle: { epoch: "2" } });
    const before = await fingerprintBooks(runtime.db);
    for (const stage of stages) await expect(stage.run(old)).rejects.toThrow(StaleCycleError);
    expect(await extendLease(runtime.db, old)).toBe(false);
    // A run that another release began comes by its first try again: it goes on to the second.
    expect(await fail(old)).toEqual({ outcome: "set-back", waitMs: 0, cause: CAUSE });
    await expect(fail({ ...old, holder: "run-2" })).rejects.toThrow(CAUSE);
    expect(await fingerprintBooks(runtime.db)).toEqual(before);

    for (const stage of stages) await stage.run({ ...old, epoch: "2" });
    expect(await cycleOf(old.cycleId)).toMatchObject({ status: "done", failure: null, retryAt: null });
    expect(await counts()).toEqual({ decisions: 1, fills: 1, points: 1 });
  });

  it("of the database itself is told without its words and our files, and fails the cycle so too", async () => {
    const cycle = await reached(0);
    const ask = () => runtime.db.$queryRaw`SELECT 1 / (SELECT count(*)::int - count(*)::int FROM bots) AS nothing`;
    const cause = "Something went wrong inside 0xBot. The cause is in its log.";
    const logged = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    expect(await tryStage(fixture.ports, cycle, ask)).toMatchObject({ outcome: "set-back", cause });
    expect(String(logged.mock.calls.flat()[0])).toMatch(/division by zero/);
    logged.mockRestore();
    expect(await cycleOf(cycle.cycleId)).toMatchObject({ failure: cause });
  });

  it("is handled once: the memoised step of a process that died then says the same, and the epoch writes nothing", async () => {
    const cycle = await reached(2);
    await fail(cycle);
    fixture.setTime(FIRST_SLOT + 5000);
    const repeated = await tryStage(fixture.ports, cycle, () => stages[2]?.run(cycle) ?? Promise.resolve({}));
    const { retryAt, retries } = await cycleOf(cycle.cycleId);
    expect(repeated).toMatchObject({ outcome: "set-back", waitMs: Number(retryAt) - FIRST_SLOT - 5000 });
    expect([retries, await counts()]).toEqual([1, { decisions: 0, fills: 0, points: 0 }]);
  });

  it("waits for its next try, whoever else would begin it, and fails with its cause after the last", async () => {
    const cycle = await reached(0);
    let begun = await again(cycle);
    for (let retries = 0; retries < 3; retries++) {
      if (begun.outcome !== "begun") throw new Error("the cycle was not begun");
      const { waitMs }: SetBack = await fail(begun.cycle);
      fixture.setTime(fixture.ports.wallNow() + waitMs - 1);
      expect(await again(cycle, "run-of-the-sweeper")).toMatchObject({ reason: expect.stringMatching(/has not come/) });
      fixture.setTime(fixture.ports.wallNow() + 1);
      begun = await again(cycle, `run-${retries}`);
    }
    if (begun.outcome !== "begun") throw new Error("the cycle was not begun");
    const last = begun.cycle;
    await expect(fail(last)).rejects.toThrow(RetriesExhaustedError);
    await failCycle(fixture.ports, { cycleId: cycle.cycleId, message: CAUSE });
    expect(await cycleOf(cycle.cycleId)).toMatchObject({ status: "failed", failure: CAUSE, retries: 3 });
    expect(await lease()).toMatchObject({ holder: null });
  });

  it("of a cycle that has ended meanwhile changes nothing: it does not come back", async () => {
    const cycle = await reached(1);
    await failCycle(fixture.ports, { cycleId: cycle.cycleId, message: CAUSE });
    const before = await fingerprintBooks(runtime.db);
    await expect(fail(cycle)).rejects.toThrow(CAUSE);
    expect(await fingerprintBooks(runtime.db)).toEqual(before);
    expect(await cycleOf(cycle.cycleId)).toMatchObject({ status: "failed", retries: 0 });
  });

  it.each([
    ["paused", { status: "stopped", stoppedReason: "user" }, "its bot did not run when it was to be tried again"],
    ["halted", { tradingState: "halted" }, "its bot was halted before it could be tried again"],
  ] as const)("whose bot is %s by its next try is told with what it was", async (reason, data, words) => {
    const cycle = await reached(1);
    await fail(cycle);
    await runtime.db.bot.update({ where: { id: fixture.botId }, data });
    expect(await again(cycle)).toEqual({ outcome: "skipped", reason });
    const [alert] = await runtime.db.alert.findMany({ where: { botId: fixture.botId } });
    expect(alert?.message).toBe(`A cycle failed, and ${words}: ${CAUSE}`);
  });

  it("keeps what its settlement booked: the exit is booked once", async () => {
    fixture = await createBooksFixture(runtime, { volatility: 0.01 });
    const { botId } = fixture;
    const quiet = stagesOf(fixture, () => []);
    stages = stagesOf(fixture, wishToEnter(fixture));
    await reached(stages.length);
    const settle = async (slot: number): Promise<CycleRef> => {
      const cycle = await claimSlot(fixture, slot, { holder: "run-1" });
      const settled = await quiet[1]?.run(cycle);
      if (settled && "closed" in settled && settled.closed === 1) return cycle;
      for (const stage of quiet) await stage.run(cycle);
      return settle(slot + HOUR_MS);
    };
    const cycle = await settle(FIRST_SLOT + HOUR_MS);
    await fail(cycle);
    const begun = await again(cycle);
    if (begun.outcome !== "begun") throw new Error("the cycle was not begun");
    for (const stage of quiet) await stage.run(begun.cycle);
    expect(await runtime.db.trade.count({ where: { botId } })).toBe(1);
    expect(await runtime.db.fill.count({ where: { position: { botId } } })).toBe(2);
  });

  it("does not run after a later slot was begun: no equity in the wrong order, and its user hears why", async () => {
    const cycle = await reached(1);
    await fail(cycle);
    const later = { botId: fixture.botId, cycleId: runtime.newId(), holder: "run-2" };
    const slot = new Date(FIRST_SLOT + MINUTE_MS);
    await runtime.db.cycle.create({ data: { id: later.cycleId, botId: later.botId, slot } });
    fixture.setTime(slot.getTime());
    const begun = await beginCycle(fixture.ports, later);
    if (begun.outcome !== "begun") throw new Error("the later slot was not begun");
    await stages[5]?.run(begun.cycle);
    expect(await again(cycle)).toEqual({ outcome: "skipped", reason: "it has ended before" });
    expect(await cycleOf(cycle.cycleId)).toMatchObject({ status: "skipped", skipReason: "stale", failure: CAUSE });
    const points = await runtime.db.equityPoint.findMany({ where: { botId: fixture.botId } });
    expect(points.map(({ at }) => at)).toEqual([slot]);
    const alerts = await runtime.db.alert.findMany({ where: { botId: fixture.botId } });
    expect(alerts).toMatchObject([{ severity: "warning", message: expect.stringContaining(CAUSE) }]);
  });

  it("and the next slot at once: one of them has the bot", async () => {
    const cycle = await reached(1);
    await fail(cycle);
    const other = runtime.newId();
    const slot = new Date(FIRST_SLOT + MINUTE_MS);
    await runtime.db.cycle.create({ data: { id: other, botId: fixture.botId, slot } });
    fixture.setTime(slot.getTime());
    const begins = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        again(index % 2 === 0 ? cycle : { ...cycle, cycleId: other }, `racer-${index}`),
      ),
    );
    expect(begins.filter(({ outcome }) => outcome === "begun")).toHaveLength(1);
    expect(await runtime.db.cycle.count({ where: { botId: fixture.botId, status: "running" } })).toBe(1);
  });
});

describe("a failure after the verdicts", () => {
  it.each(AFTER_VERDICTS)("at %i %s keeps the bot until the step is retried", async (index) => {
    const cycle = await reached(index);
    await expect(fail(cycle)).rejects.toThrow(CAUSE);
    expect(await cycleOf(cycle.cycleId)).toMatchObject({ status: "running", retries: 0, failure: null });
    expect(await secondsLeft()).toBeGreaterThan(100);
    const next = await beginSlot(fixture, FIRST_SLOT + HOUR_MS, { holder: "run-2" });
    expect(next).toEqual({ outcome: "skipped", reason: "busy" });
    for (const stage of stages.slice(index)) await stage.run(cycle);
    expect(await counts()).toEqual({ decisions: 1, fills: 1, points: 1 });
  });

  it("counts from their commit, also where only its answer was lost", async () => {
    const cycle = await reached(3);
    const lost = async () => {
      await stages[3]?.run(cycle);
      throw new Error("the connection broke");
    };
    await expect(tryStage(fixture.ports, cycle, lost)).rejects.toThrow("the connection broke");
    expect(await cycleOf(cycle.cycleId)).toMatchObject({ status: "running" });
  });
});
