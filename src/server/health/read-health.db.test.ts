import { afterEach, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { createRuntime, type Runtime } from "../runtime";
import { createBooksFixture, HOUR_MS } from "../testing/books-fixture";
import { beatCycles } from "./beat-cycles";
import { readHealth } from "./read-health";
import { recordHeartbeat } from "./record-heartbeat";
import { recordStoppages } from "./record-stoppages";
import { watchFromFunction, watchTrading } from "./watch-trading";

let runtime: Runtime;

openBed((bed) => ({ runtime } = bed), { poolMax: 2 });
afterEach(() => runtime.db.processHeartbeat.deleteMany());

const health = async (): Promise<string> => (await readHealth(runtime)).status;

it("is starting until the runner has beaten, then ok, and unavailable once it fell silent", async () => {
  expect(await health()).toBe("starting");
  await recordHeartbeat(runtime, "runner");
  expect(await health()).toBe("ok");
  await runtime.db.$executeRaw`UPDATE process_heartbeats SET beat_at = beat_at - interval '16 seconds'`;
  expect(await health()).toBe("unavailable");
  await recordHeartbeat(runtime, "runner");
  expect(await health()).toBe("ok");
});

it("is starting until functions elsewhere ran, and asks for the market only where a demo venue is in use", async () => {
  expect(await health()).toBe("starting");
  await recordHeartbeat(runtime, "functions");
  expect(await health()).toBe("ok");
  const venue = { id: runtime.newId(), kind: "demo" as const, name: "demo", identity: "one", finestTimeframe: "1m" };
  await runtime.db.venue.create({ data: venue });
  expect(await health()).toBe("starting");
  await recordHeartbeat(runtime, "market");
  expect(await health()).toBe("ok");
  await runtime.db.processHeartbeat.deleteMany({ where: { name: "market" } });
  await runtime.db.venue.update({ where: { id: venue.id }, data: { archivedAt: new Date() } });
  expect(await health()).toBe("ok");
});

const endFixture = async (): Promise<void> => {
  await runtime.db.bot.updateMany({ data: { status: "archived" } });
  await runtime.db.venue.updateMany({ data: { archivedAt: new Date() } });
};

it("is unavailable, and its users are told, when bots have waited too long for functions that never ran", async () => {
  const { botId } = await createBooksFixture(runtime);
  await recordHeartbeat(runtime, "market");
  expect(await health()).toBe("starting");
  const createdAt = new Date(Date.now() - 3_600_000);
  await runtime.db.bot.update({ where: { id: botId }, data: { createdAt } });
  expect(await health()).toBe("unavailable");
  await runtime.db.bot.update({ where: { id: botId }, data: { status: "stopped", stoppedReason: "user" } });
  expect(await health()).toBe("starting");
  await runtime.db.bot.update({ where: { id: botId }, data: { status: "running", stoppedReason: null } });
  const watch = (notBefore: Date) => watchTrading(runtime, { notBefore });
  // A product that has just been started gives them time.
  expect(await watch(new Date())).toEqual({ stopped: [] });
  expect(await watch(createdAt)).toEqual({ stopped: ["functions"] });
  await recordHeartbeat(runtime, "functions");
  expect([await watch(new Date()), await health()]).toEqual([{ stopped: [] }, "ok"]);
  await endFixture();
});

it("tells that a part works again only by a look that judged it", async () => {
  const { userId } = await createBooksFixture(runtime);
  const beatAt = new Date(Date.now() - 60_000);
  const beat = (name: string, at: Date) =>
    runtime.db.processHeartbeat.upsert({ where: { name }, create: { name, beatAt: at }, update: { beatAt: at } });
  const lasting = async () => {
    const alerts = await runtime.db.alert.findMany({ where: { userId, endedAt: null }, orderBy: { kind: "asc" } });
    return alerts.map(({ kind }) => kind.replace("stopped-", ""));
  };
  const watch = async (databaseAwaySince: Date | null = null) => {
    await watchTrading(runtime, { notBefore: new Date(8_640_000_000_000), databaseAwaySince });
    return lasting();
  };
  await recordHeartbeat(runtime, "runner");
  await beat("market", beatAt);
  expect(await watch()).toEqual(["market"]);
  expect(await watch(beatAt)).toEqual(["database", "market"]);
  expect(await watch()).toEqual(["market"]);
  // An alert that an earlier run ended too early goes on; no second one is opened.
  await runtime.db.alert.updateMany({ where: { userId }, data: { endedAt: new Date() } });
  expect(await watch()).toEqual(["market"]);
  await recordHeartbeat(runtime, "market");
  expect(await watch()).toEqual([]);
  await recordStoppages(runtime, [{ part: "cycles", since: beatAt }]);
  await beat("runner", beatAt);
  expect(await watch()).toEqual(["cycles", "runner"]);
  await recordHeartbeat(runtime, "runner");
  expect(await watch()).toEqual([]);
  await endFixture();
});

it("is unavailable while cycles that are due do not end, as the watch finds them", async () => {
  await recordHeartbeat(runtime, "runner");
  const { venueId, botId } = await createBooksFixture(runtime);
  await recordHeartbeat(runtime, "market");
  // By this clock the bot's next slot came due 80 seconds ago, then 100.
  const { nextDue } = await runtime.db.bot.findUniqueOrThrow({ where: { id: botId } });
  const dueBefore = (seconds: number) =>
    runtime.db.venueClock.update({
      where: { venueId },
      data: { anchorMarket: nextDue ?? new Date(Number.NaN), anchorWall: new Date(Date.now() - seconds * 1000) },
    });
  const watch = async (notBefore: Date | null = null) => (await watchTrading(runtime, { notBefore })).stopped;
  await dueBefore(80);
  expect([await watch(), await health()]).toEqual([[], "ok"]);
  await dueBefore(200);
  expect([await watch(), await health()]).toEqual([["cycles"], "unavailable"]);
  // Two market hours of lag at 3600x are two seconds, whatever the speed is now.
  const behind = { anchorMarket: new Date((nextDue?.getTime() ?? Number.NaN) + 2 * HOUR_MS), anchorWall: new Date() };
  for (const previousSpeed of [3600, 0]) {
    await runtime.db.venueClock.update({ where: { venueId }, data: { ...behind, speed: 60, previousSpeed } });
    expect([await watch(), await health()]).toEqual([[], "ok"]);
  }
  await dueBefore(200);
  expect(await watch()).toEqual(["cycles"]);
  // What came due while nobody was there to run it is not late yet.
  expect(await watch(new Date())).toEqual([]);
  expect(await watch()).toEqual(["cycles"]);
  await runtime.db.venueClock.update({ where: { venueId }, data: { speed: 0 } });
  expect([await watch(), await health()]).toEqual([[], "ok"]);
  await dueBefore(200);
  await runtime.db.venueClock.update({ where: { venueId }, data: { speed: 1 } });
  expect(await watch()).toEqual(["cycles"]);
  // Nor do bots that do not run.
  await runtime.db.bot.update({ where: { id: botId }, data: { status: "stopped", stoppedReason: "user" } });
  expect(await watch()).toEqual([]);
  await runtime.db.bot.update({ where: { id: botId }, data: { status: "running", stoppedReason: null } });
  await runtime.db.venueClock.update({ where: { venueId }, data: { speed: 0 } });
  // In a market that stands still nothing is late, however long the product has been up.
  expect(await watch(new Date(Date.now() - 3_600_000))).toEqual([]);
  await endFixture();
});

it("is ok while a cycle is in hand: set back until later, or tried again under its lease", async () => {
  await recordHeartbeat(runtime, "runner");
  const { venueId, botId } = await createBooksFixture(runtime);
  await recordHeartbeat(runtime, "market");
  const ago = (seconds: number) => new Date(Date.now() - seconds * 1000);
  const { nextDue } = await runtime.db.bot.findUniqueOrThrow({ where: { id: botId } });
  const slot = nextDue ?? new Date(Number.NaN);
  const clock = { anchorMarket: slot, anchorWall: ago(200) };
  await runtime.db.venueClock.update({ where: { venueId }, data: clock });
  const cycleId = runtime.newId();
  await runtime.db.cycle.create({ data: { id: cycleId, botId, slot, epoch: 1n, holder: "run" } });
  await runtime.db.bot.update({ where: { id: botId }, data: { nextDue: new Date(slot.getTime() + HOUR_MS) } });
  const at = async (status: "due" | "running", retryAt: Date | null, expiresAt: Date | null) => {
    await runtime.db.cycle.update({ where: { id: cycleId }, data: { status, retryAt } });
    await runtime.db.botLease.update({ where: { botId }, data: { epoch: 1n, holder: "run", expiresAt } });
    await beatCycles(runtime, null);
    return health();
  };
  expect(await at("due", null, null)).toBe("unavailable");
  expect(await at("due", ago(-60), null)).toBe("ok");
  expect(await at("due", ago(60), null)).toBe("ok");
  expect(await at("due", ago(120), null)).toBe("unavailable");
  expect(await at("running", null, ago(-100))).toBe("ok");
  expect(await at("running", null, ago(60))).toBe("ok");
  expect(await at("running", null, ago(120))).toBe("unavailable");
  expect(await at("running", null, null)).toBe("unavailable");
  // Bots of a real venue are spread over half a minute.
  await runtime.db.venueClock.delete({ where: { venueId } });
  await runtime.db.bot.update({ where: { id: botId }, data: { nextDue: ago(-HOUR_MS / 1000) } });
  const wallAt = async (seconds: number) => {
    await runtime.db.cycle.update({ where: { id: cycleId }, data: { slot: ago(seconds) } });
    return at("due", null, null);
  };
  expect([await wallAt(110), await wallAt(130)]).toEqual(["ok", "unavailable"]);
  await endFixture();
});

it("watched by a function is alive by that, and owes what came due only after functions ran before", async () => {
  const { venueId, botId } = await createBooksFixture(runtime);
  await recordHeartbeat(runtime, "market");
  const { nextDue } = await runtime.db.bot.findUniqueOrThrow({ where: { id: botId } });
  const clock = { anchorMarket: nextDue ?? new Date(Number.NaN), anchorWall: new Date(Date.now() - 400_000) };
  await runtime.db.venueClock.update({ where: { venueId }, data: clock });
  const beatAgo = (seconds: number) =>
    runtime.db.processHeartbeat.update({
      where: { name: "functions" },
      data: { beatAt: new Date(Date.now() - seconds * 1000) },
    });
  // Its first look ever, then one a minute later, then one after an hour without any.
  expect([await watchFromFunction(runtime), await health()]).toEqual([{ stopped: [] }, "ok"]);
  await beatAgo(120);
  expect(await watchFromFunction(runtime)).toEqual({ stopped: ["cycles"] });
  await beatAgo(3600);
  expect(await watchFromFunction(runtime)).toEqual({ stopped: [] });
  await endFixture();
});

it("is unavailable, and says nothing more, when the database does not answer", async () => {
  const nowhere = createRuntime({ databaseUrl: "postgresql://nobody:secret@127.0.0.1:1/none" });
  expect(await readHealth(nowhere)).toEqual({ status: "unavailable" });
  await nowhere.close();
});
