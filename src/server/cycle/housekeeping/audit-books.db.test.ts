import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { openBed } from "../../../../scripts/testing/open-bed";
import { VenueError } from "~/trading/venue-error";
import { createDatabase, type Database } from "../../db/client";
import type { Runtime } from "../../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../../testing/books-fixture";
import { claimSlot, expireLease, planSlot, stagesOf, wishToEnter } from "../../testing/cycle-fixture";
import { plantInBooks } from "../../testing/planted-breaches";
import { tryStage } from "../try-stage";
import { auditPage, type AuditedPage } from "./audit-books";

const FIRST_ID = "00000000-0000-0000-0000-000000000000";

let runtime: Runtime;
let owner: Database;
let fixture: BooksFixture;
openBed((bed) => {
  runtime = bed.runtime;
  owner = createDatabase({ url: bed.database.ownerUrl, poolMax: 1 });
});
afterAll(() => owner.$disconnect());

/** Two whole cycles: the first enters, the second holds or closes as the bot's mode decides. */
beforeEach(async () => {
  fixture = await createBooksFixture(runtime, { volatility: 0.0003 });
  for (const slot of [FIRST_SLOT, FIRST_SLOT + HOUR_MS]) {
    const cycle = await claimSlot(fixture, slot, { holder: `run-${slot}` });
    const wish = slot === FIRST_SLOT ? wishToEnter(fixture) : null;
    for (const stage of stagesOf(fixture, wish)) await stage.run(cycle);
  }
});

const ofBot = () => ({ where: { botId: fixture.botId } });
const auditAll = async (): Promise<Record<"broken" | "refolded", number>> => {
  let after: string | null = FIRST_ID;
  const all = { broken: 0, refolded: 0 };
  while (after !== null) {
    const page: AuditedPage = await auditPage(fixture.ports, after);
    all.broken += page.broken;
    all.refolded += page.refolded;
    after = page.last;
  }
  return all;
};
const audit = async () => (await auditAll()).broken;

describe("the hourly audit", () => {
  it("leaves a bot with healthy books alone, and looks at it once per equity point", async () => {
    expect(await audit()).toBe(0);
    expect(await audit()).toBe(0);
    expect(await runtime.db.invariantCheck.count(ofBot())).toBe(1);
    expect(await runtime.db.bot.findUnique({ where: { id: fixture.botId } })).toMatchObject({ tradingState: "active" });
  });

  it.each([
    ["failed and was set back", "The venue does not answer."],
    ["never began: its hint was lost", null],
  ])(
    "finds no breach where a slot that %s is overtaken: it ended with the claim of the next one",
    async (_how, cause) => {
      const slot = FIRST_SLOT + 2 * HOUR_MS;
      const cycleId = await planSlot(fixture, slot);
      if (cause !== null) {
        const cycle = await claimSlot(fixture, slot, { holder: "run-failing" });
        await tryStage(fixture.ports, cycle, () => Promise.reject(new VenueError("unreachable", cause)));
      }
      const next = await claimSlot(fixture, slot + HOUR_MS, { holder: "run-next" });
      for (const stage of stagesOf(fixture, null)) await stage.run(next);
      expect(await audit()).toBe(0);
      const overtaken = { status: "skipped", skipReason: "stale", failure: cause, endedAt: expect.any(Date) };
      expect(await runtime.db.cycle.findUnique({ where: { id: cycleId } })).toMatchObject(overtaken);
      const alerts = await runtime.db.alert.findMany(ofBot());
      const told = alerts.map(({ message }) => message.endsWith(`before it could be tried again: ${cause}`));
      expect(told).toEqual(cause === null ? [] : [true]);
      const event = { payload: { path: ["cycleId"], equals: cycleId }, userId: fixture.userId };
      expect(await runtime.db.liveEvent.count({ where: event })).toBe(1);
    },
  );

  it("looks at a bot whose cycle died while it was stopped, and leaves out one whose cycle still holds it", async () => {
    const checks = async () => ({ broken: await audit(), checks: await runtime.db.invariantCheck.count(ofBot()) });
    await claimSlot(fixture, FIRST_SLOT + 2 * HOUR_MS, { holder: "run-dying" });
    expect(await checks()).toEqual({ broken: 0, checks: 0 });
    await expireLease(fixture);
    await runtime.db.bot.update({ where: { id: fixture.botId }, data: { status: "stopped", stoppedReason: "user" } });
    expect(await checks()).toEqual({ broken: 0, checks: 1 });
  });

  it("folds each bot wholly the first time and once a day, spread over it, also where nothing happens", async () => {
    await auditAll();
    const amounts = { equity: "10000", cash: "10000", margin: "0", unrealizedPnl: "0", peak: "10000" };
    const point = { ...amounts, at: new Date(FIRST_SLOT) };
    const others = await Promise.all(Array.from({ length: 9 }, () => fixture.addBot()));
    await runtime.db.equityPoint.createMany({ data: others.map((botId) => ({ ...point, botId })) });
    const known = await runtime.db.auditMark.count();
    expect((await auditAll()).refolded).toBe(others.length);
    const now = fixture.ports.wallNow();
    const days: number[][] = [[], []];
    for (let hour = 1; hour <= 48; hour += 1) {
      fixture.setTime(now + hour * HOUR_MS);
      days[hour > 24 ? 1 : 0]?.push((await auditAll()).refolded);
    }
    for (const hours of days) {
      expect(hours.reduce((sum, refolded) => sum + refolded, 0)).toBe(known + others.length);
      expect(hours.filter((refolded) => refolded > 0).length).toBeGreaterThan(2);
    }
    expect(days[1]).toEqual(days[0]);
  });

  it("folds each bot wholly again where it was folded at a time that a clock set back has not reached", async () => {
    const now = fixture.ports.wallNow();
    fixture.setTime(now + 1000 * HOUR_MS);
    await auditAll();
    fixture.setTime(now);
    expect((await auditAll()).refolded).toBe(await runtime.db.auditMark.count());
    expect((await auditAll()).refolded).toBe(0);
  });

  it("folds an archived bot wholly once more, within a day, and never again", async () => {
    await auditAll();
    const now = fixture.ports.wallNow();
    await runtime.db.bot.updateMany({
      data: { status: "archived", stoppedReason: null, archivedAt: new Date(now + 1) },
    });
    const refolds: number[] = [];
    for (let hour = 1; hour <= 72; hour += 6) {
      fixture.setTime(now + hour * HOUR_MS);
      refolds.push((await auditAll()).refolded);
    }
    const inFirstDays = refolds.slice(0, 5).reduce((sum, refolded) => sum + refolded, 0);
    expect(inFirstDays).toBe(await runtime.db.auditMark.count());
    expect(refolds.slice(5)).toEqual(refolds.slice(5).map(() => 0));
  });

  it("looks at once at a bot whose newest point is gone", async () => {
    expect(await audit()).toBe(0);
    await plantInBooks(
      owner,
      fixture.botId,
      `DELETE FROM equity_points WHERE bot_id = $bot AND at > '${new Date(FIRST_SLOT).toISOString()}'`,
    );
    expect(await audit()).toBe(1);
  });

  it("halts a bot whose books do not add up, and tells its user why", async () => {
    await owner.$transaction([
      owner.$executeRaw`SET LOCAL session_replication_role = replica`,
      owner.$executeRaw`UPDATE ledger_entries SET amount = amount + 1 WHERE bot_id = ${fixture.botId}::uuid AND account = 'fees'`,
    ]);
    expect(await audit()).toBe(1);
    expect(await runtime.db.bot.findUnique({ where: { id: fixture.botId } })).toMatchObject({ tradingState: "halted" });
    const [alert] = await runtime.db.alert.findMany(ofBot());
    expect(alert).toMatchObject({ severity: "critical", kind: "invariant" });
    expect(alert?.message).toMatch(/I1: .*does not sum to zero/);
  });
});
