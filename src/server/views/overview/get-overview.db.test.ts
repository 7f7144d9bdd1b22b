import { beforeAll, describe, expect, it } from "vitest";
import { openBed } from "../../../../scripts/testing/open-bed";
import { overviewSchema, type Overview } from "~/contracts/overview-view";
import { describeExit } from "~/trading/execution/describe-exit";
import { decimal } from "~/trading/money";
import { formatGrouped } from "~/trading/format-number";
import { listBotRows } from "../bots/list-bots";
import { listPositions } from "../bots/list-positions";
import { failCycle } from "../../cycle/fail-cycle";
import { readLags } from "../../health/read-lags";
import { recordHeartbeat } from "../../health/record-heartbeat";
import { watchTrading } from "../../health/watch-trading";
import type { Runtime } from "../../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../../testing/books-fixture";
import { claimSlot, wishToEnter } from "../../testing/cycle-fixture";
import { PERMISSIVE, runHours } from "../../testing/run-hours";
import { getOverview } from "./get-overview";

const HOURS = 36;
const NOTHING_OWED = new Date(8_640_000_000_000);
let runtime: Runtime;
let fixture: BooksFixture;
let idleBot: string;
let overview: Overview;
openBed((bed) => ({ runtime } = bed));
beforeAll(async () => {
  fixture = await createBooksFixture(runtime, { seed: 3, settings: { risk: PERMISSIVE } });
  await runHours(fixture, { hours: HOURS, wish: wishToEnter(fixture) });
  idleBot = await fixture.addBot();
  await runtime.db.bot.update({ where: { id: idleBot }, data: { status: "stopped", stoppedReason: "user" } });
  overview = overviewSchema.parse(await getOverview(fixture.ports, fixture.userId));
});

const equityAt = async (hour: number): Promise<string> => {
  const at = new Date(FIRST_SLOT + hour * HOUR_MS);
  const point = await runtime.db.equityPoint.findUniqueOrThrow({ where: { botId_at: { botId: fixture.botId, at } } });
  return point.equity.toFixed();
};

describe("the overview", () => {
  it("sums the user's bots, one that never ran with its capital", async () => {
    const equity = await equityAt(HOURS - 1);
    expect(overview).toMatchObject({
      currency: "USDT",
      bots: 2,
      running: 1,
      capital: "20000",
      equity: decimal(equity).plus(10_000).toFixed(),
    });
  });

  it("measures today from the last point at or before the UTC day of venue time", async () => {
    // The first slot is a midnight, so day two begins with the point of hour 24.
    const today = decimal(await equityAt(HOURS - 1)).minus(await equityAt(24));
    expect(overview.today).toBe(today.toFixed());
    const dayStart = decimal(await equityAt(24)).plus(10_000);
    expect(overview.todayFraction).toBeCloseTo(today.div(dayStart).toNumber(), 12);
  });

  it("takes the risk that is open from the bots' own pages", async () => {
    const { userId, botId } = fixture;
    const open = await listPositions(fixture.ports, { userId, botId });
    expect(overview.openPositions).toBe(open.positions.length);
    expect([overview.openRisk, overview.unrealized]).toEqual([open.lossIfEveryStopFills, open.unrealized]);
  });

  it("draws a line a bot, and none of what never was", () => {
    const [line, idle] = overview.lines;
    expect(line?.points.at(-1)?.time).toBe((FIRST_SLOT + (HOURS - 1) * HOUR_MS) / 1000);
    expect([line?.points.length, line?.gaps]).toEqual([HOURS, []]);
    // The idle bot counts with its capital.
    expect(line?.points.at(-1)?.value).toBeCloseTo(Number(overview.equity) - 10_000, 8);
    expect(line?.capital).toBe(10_000);
    expect([idle?.botId, idle?.points]).toEqual([idleBot, []]);
  });

  it("tells things in the order of their recording, with what they link to", async () => {
    const { activity } = overview;
    expect(new Set(activity.map(({ kind }) => kind))).toEqual(new Set(["trade-opened", "trade-closed", "refused"]));
    const closed = activity.find(({ kind }) => kind === "trade-closed");
    const trade = await runtime.db.trade.findUniqueOrThrow({ where: { positionId: closed?.positionId ?? "" } });
    expect(closed).toMatchObject({ at: trade.exitedAt, amount: trade.realizedPnl.toFixed(), botName: "first" });
    expect(closed?.text).toBe(
      `Closed long ${formatGrouped(trade.quantity.toFixed())} BTC/USDT at ${formatGrouped(trade.exitPrice.toFixed(2))}: ${describeExit(trade.exitReason)}`,
    );
    const refused = activity.find(({ kind }) => kind === "refused");
    expect(refused?.text).toBe("Refused to open long BTC/USDT: the pair has an open position already");
    expect(await runtime.db.cycle.count({ where: { id: refused?.cycleId ?? "" } })).toBe(1);
    const opened = activity.find(({ kind }) => kind === "trade-opened");
    const cycle = await runtime.db.cycle.findUniqueOrThrow({ where: { id: opened?.cycleId ?? "" } });
    expect(cycle.slot).toEqual(opened?.at);
  });

  it("names a stopped bot, and nothing about one that runs", () => {
    expect(overview.attention).toMatchObject([{ id: `restricted:${idleBot}`, severity: "warning", botId: idleBot }]);
  });

  it("names a failed cycle with its unread alert, and no alert that was read or has ended", async () => {
    const cycle = await claimSlot(fixture, FIRST_SLOT + HOURS * HOUR_MS, { holder: "run-failing" });
    await failCycle(fixture.ports, { cycleId: cycle.cycleId, message: "the venue is away" });
    const attention = async () =>
      (await getOverview(fixture.ports, fixture.userId)).attention.map(({ id }) => id.split(":")[0]);
    expect(await attention()).toEqual(["alert", "failed", "restricted"]);
    for (const data of [{ endedAt: new Date() }, { endedAt: null, readAt: new Date() }]) {
      await runtime.db.alert.updateMany({ data });
      expect(await attention()).toEqual(["failed", "restricted"]);
    }
  });

  it("has one note of a bot whose last cycle was abandoned, whatever its others did", async () => {
    const where = { botId: fixture.botId, slot: new Date(FIRST_SLOT + HOURS * HOUR_MS) };
    const { id, status } = await runtime.db.cycle.findFirstOrThrow({ where });
    await runtime.db.cycle.update({ where: { id }, data: { status: "abandoned" } });
    const { attention } = await getOverview(fixture.ports, fixture.userId);
    const notes = attention.filter(({ botId }) => botId === fixture.botId);
    expect(notes).toMatchObject([{ id: `failed:${fixture.botId}` }]);
    await runtime.db.cycle.update({ where: { id }, data: { status } });
  });

  it("names cycles that were skipped for want of time, as the bot's row does, and none that its state skips", async () => {
    const read = async () => {
      const { attention } = await getOverview(fixture.ports, fixture.userId);
      const [row] = await listBotRows(fixture.ports, { userId: fixture.userId, botIds: [fixture.botId] });
      return [attention.find(({ id }) => id === `interrupted:${fixture.botId}`)?.text, row?.recent] as const;
    };
    const newest = { botId: fixture.botId, slot: { gte: new Date(FIRST_SLOT + 24 * HOUR_MS) } };
    const kept = await runtime.db.cycle.findMany({ where: newest });
    await runtime.db.cycle.updateMany({
      where: newest,
      data: { status: "skipped", skipReason: "paused", failure: null },
    });
    expect(await read()).toEqual([undefined, { cycles: HOURS + 1, skipped: 0, failed: 0 }]);
    await runtime.db.cycle.updateMany({ where: newest, data: { skipReason: "stale" } });
    const skipped = kept.length;
    expect(await read()).toEqual([
      `first: of its last ${HOURS + 1} cycles ${skipped} were skipped (0xBot could not keep up or was not running).`,
      { cycles: HOURS + 1, skipped, failed: 0 },
    ]);
    // Of cycles whose time passed before their next try, it is known what failed.
    await runtime.db.cycle.updateMany({ where: newest, data: { failure: "The venue does not answer." } });
    expect((await read())[1]).toEqual({ cycles: HOURS + 1, skipped: 0, failed: skipped });
    const longAgo = new Date(Date.now() - 3_700_000);
    await runtime.db.cycle.updateMany({ where: newest, data: { endedAt: longAgo } });
    expect((await read())[0]).toBeUndefined();
  });

  it("never says that nothing needs attention while trading has stopped, and keeps its alert as history", async () => {
    const { userId, ports } = await createBooksFixture(runtime);
    const read = async () => {
      const { attention, activity } = await getOverview(ports, userId);
      return { attention, told: activity.filter(({ kind }) => kind === "alert").map(({ text }) => text) };
    };
    const watch = async (since: Date | null = null): Promise<void> => {
      const look = () => watchTrading(runtime, { notBefore: NOTHING_OWED, databaseAwaySince: since });
      await Promise.all([look(), look()]);
      await look();
    };
    const since = new Date(Date.now() - 60_000);
    await runtime.db.processHeartbeat.create({ data: { name: "runner", beatAt: since } });
    expect((await read()).attention).toMatchObject([{ id: "stopped:runner", severity: "critical", since }]);
    await watch();
    expect((await read()).told).toEqual([expect.stringMatching(/^Trading has stopped\..*settled then\.$/)]);
    await recordHeartbeat(runtime, "runner");
    await watch();
    expect(await read()).toEqual({
      attention: [],
      told: [expect.stringMatching(/^Trading has stopped\..* It is over, after \d+ s\.$/)],
    });
    const alerts = await runtime.db.alert.findMany({ where: { userId } });
    expect(alerts).toMatchObject([{ severity: "critical", createdAt: since, endedAt: expect.any(Date) }]);
    const events = await runtime.db.liveEvent.findMany({ where: { userId }, orderBy: { number: "asc" } });
    expect(events.map(({ payload }) => payload)).toMatchObject([
      { severity: "critical" },
      { message: "Trading has resumed." },
    ]);
    await watch(since);
    await watch();
    expect(await runtime.db.alert.count({ where: { userId, kind: "stopped-database", endedAt: null } })).toBe(0);
    expect(await runtime.db.alert.count({ where: { userId, kind: "stopped-database" } })).toBe(1);
    await runtime.db.processHeartbeat.deleteMany();
  });

  it("tells by how much market time figures are behind their market's clock, when their pace does not explain it", async () => {
    const newest = FIRST_SLOT + 23 * HOUR_MS;
    const lagAt = async (market: number) => {
      const clock = { anchorMarket: new Date(market), anchorWall: new Date(), speed: 1, highWater: new Date(market) };
      await runtime.db.venueClock.update({ where: { venueId: fixture.venueId }, data: clock });
      return readLags(runtime);
    };
    const kept = await runtime.db.venueClock.findUniqueOrThrow({ where: { venueId: fixture.venueId } });
    expect(await lagAt(newest + 2 * HOUR_MS)).toEqual([]);
    const lag = [{ venueId: fixture.venueId, behindSeconds: 50 * 3600 }];
    expect(await lagAt(newest + 50 * HOUR_MS)).toEqual(lag);
    // Each bot is judged by its own pace: one that is on time hides none that is late.
    const other = { botId: await fixture.addBot(), slot: new Date(newest + 49 * HOUR_MS) };
    await runtime.db.cycle.create({ data: { ...other, id: runtime.newId(), status: "done" } });
    expect(await readLags(runtime)).toEqual(lag);
    const set = (data: object) => runtime.db.bot.update({ where: { id: fixture.botId }, data });
    await set({ tradingState: "halted" });
    expect(await readLags(runtime)).toEqual([]);
    await set({ tradingState: "active", status: "stopped", stoppedReason: "user" });
    expect(await readLags(runtime)).toEqual([]);
    await set({ status: "running", stoppedReason: null });
    await runtime.db.venueClock.update({ where: { venueId: fixture.venueId }, data: { speed: 0 } });
    expect(await readLags(runtime)).toEqual([]);
    await runtime.db.bot.update({ where: { id: other.botId }, data: { status: "archived" } });
    await runtime.db.venueClock.update({ where: { venueId: fixture.venueId }, data: kept });
  });

  it("names a bot whose slot is late by its venue's clock, beyond three intervals and a minute", async () => {
    const ids = async () => (await getOverview(fixture.ports, fixture.userId)).attention.map(({ id }) => id);
    const due = FIRST_SLOT + (HOURS + 1) * HOUR_MS;
    fixture.setTime(due + 3 * HOUR_MS);
    expect(await ids()).not.toContain(`late:${fixture.botId}`);
    fixture.setTime(due + 3 * HOUR_MS + 1);
    expect(await ids()).toContain(`late:${fixture.botId}`);
    await runtime.db.venueClock.updateMany({ data: { speed: 0 } });
    expect(await ids()).not.toContain(`late:${fixture.botId}`);
  });

  it("tells nothing that an archived bot did", async () => {
    await runtime.db.bot.update({ where: { id: fixture.botId }, data: { status: "archived", archivedAt: new Date() } });
    const { activity } = await getOverview(fixture.ports, fixture.userId);
    expect(activity.map(({ kind }) => kind)).not.toContain("refused");
  });
});

it("the overview of somebody without a bot is empty, and knows no fraction of nothing", async () => {
  expect(await getOverview(fixture.ports, runtime.newId())).toMatchObject({
    bots: 0,
    equity: "0",
    todayFraction: null,
    openRiskFraction: null,
    activity: [],
    attention: [],
  });
});
