import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../../scripts/testing/test-database";
import { createRuntime, type Runtime } from "../../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../../testing/books-fixture";
import { claimSlot, stagesOf, wishToEnter } from "../../testing/cycle-fixture";
import { auditPage } from "./audit-books";
import { thinRecords } from "./thin-records";

const DAY_MS = 86_400_000;
const FIRST_ID = "00000000-0000-0000-0000-000000000000";

let database: TestDatabase;
let runtime: Runtime;
let fixture: BooksFixture;
beforeAll(async () => {
  database = await createTestDatabase();
  runtime = createRuntime({ databaseUrl: database.url, poolMax: 5 });
});
afterAll(async () => {
  await runtime.close();
  await database.drop();
});

/** Two whole cycles: the first enters, the second decides by the bot's own mode and holds or closes. */
beforeEach(async () => {
  fixture = await createBooksFixture(runtime, { volatility: 0.0003 });
  for (const slot of [FIRST_SLOT, FIRST_SLOT + HOUR_MS]) {
    const cycle = await claimSlot(fixture, slot, { holder: `run-${slot}` });
    const wish = slot === FIRST_SLOT ? wishToEnter(fixture) : null;
    for (const stage of stagesOf(fixture, wish)) await stage.run(cycle);
  }
});

const ofBot = () => ({ where: { botId: fixture.botId } });
const audit = async () => {
  let after: string | null = FIRST_ID;
  let broken = 0;
  while (after !== null) {
    const page: Awaited<ReturnType<typeof auditPage>> = await auditPage(fixture.ports, after);
    broken += page.broken;
    after = page.last;
  }
  return broken;
};

describe("the hourly audit", () => {
  it("leaves a bot with healthy books alone, and looks at it once per equity point", async () => {
    expect(await audit()).toBe(0);
    expect(await audit()).toBe(0);
    expect(await runtime.db.invariantCheck.count(ofBot())).toBe(1);
    expect(await runtime.db.bot.findUnique({ where: { id: fixture.botId } })).toMatchObject({ tradingState: "active" });
  });

  it("halts a bot whose books do not add up, and tells its user why", async () => {
    await runtime.db.$transaction([
      runtime.db.$executeRaw`SET LOCAL session_replication_role = replica`,
      runtime.db
        .$executeRaw`UPDATE ledger_entries SET amount = amount + 1 WHERE bot_id = ${fixture.botId}::uuid AND account = 'fees'`,
    ]);
    expect(await audit()).toBe(1);
    expect(await runtime.db.bot.findUnique({ where: { id: fixture.botId } })).toMatchObject({ tradingState: "halted" });
    const [alert] = await runtime.db.alert.findMany(ofBot());
    expect(alert).toMatchObject({ severity: "critical", kind: "invariant" });
    expect(alert?.message).toMatch(/I1: .*does not sum to zero/);
  });
});

describe("thinning", () => {
  const thinAfter = (days: number) => thinRecords({ db: runtime.db, wallNow: () => Date.now() + days * DAY_MS });
  const counts = async () => ({
    cycles: await runtime.db.cycle.count(ofBot()),
    evidence: await runtime.db.signal.count({
      where: { cycle: { botId: fixture.botId }, evidence: { not: { equals: null } } },
    }),
    orders: await runtime.db.orderIntent.count(ofBot()),
    ledger: await runtime.db.ledgerEntry.count(ofBot()),
  });

  it("keeps everything that is younger than its time", async () => {
    const before = await counts();
    await thinAfter(1);
    expect(await counts()).toEqual(before);
  });

  it("after 30 days drops evidence and turns cycles that only held into counts of their day, and no money is forgotten", async () => {
    const before = await counts();
    await thinAfter(31);
    const after = await counts();
    expect(after).toEqual({ ...before, cycles: 1, evidence: 0 });
    expect(await runtime.db.cycleDay.findMany(ofBot())).toMatchObject([
      { day: new Date(FIRST_SLOT), done: 1, skipped: 0 },
    ]);
  });

  it("keeps five-minute equity for a week, hourly for 90 days and daily for ever", async () => {
    const newest = FIRST_SLOT + 200 * DAY_MS;
    const amounts = { equity: "1", cash: "1", margin: "0", unrealizedPnl: "0", peak: "1" };
    const point = (at: number) => ({ botId: fixture.botId, at: new Date(at), ...amounts });
    await runtime.db.equityPoint.deleteMany(ofBot());
    const days = [0, 150, 199];
    const points = days.flatMap((day) =>
      Array.from({ length: 288 }, (_, n) => point(FIRST_SLOT + day * DAY_MS + n * 300_000)),
    );
    await runtime.db.equityPoint.createMany({ data: [...points, point(newest)] });
    await thinAfter(1);
    const kept = await runtime.db.equityPoint.findMany({ ...ofBot(), orderBy: { at: "asc" } });
    const on = (day: number) =>
      kept.filter(({ at }) => Math.floor((at.getTime() - FIRST_SLOT) / DAY_MS) === day).map(({ at }) => at.getTime());
    expect(on(0)).toEqual([FIRST_SLOT + DAY_MS - 300_000]);
    expect(on(150)).toHaveLength(24);
    expect(on(199)).toHaveLength(288);
  });

  it("drops live events after two days", async () => {
    const { userId } = fixture;
    const events = () => runtime.db.liveEvent.count({ where: { userId } });
    const before = await events();
    expect(before).toBeGreaterThan(0);
    await thinAfter(1);
    expect(await events()).toBe(before);
    await thinAfter(3);
    expect(await events()).toBe(0);
  });
});
