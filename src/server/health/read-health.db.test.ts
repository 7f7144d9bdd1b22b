import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../scripts/testing/test-database";
import { createRuntime, type Runtime } from "../runtime";
import { createBooksFixture } from "../testing/books-fixture";
import { readHealth } from "./read-health";
import { recordHeartbeat } from "./record-heartbeat";
import { watchTrading } from "./watch-trading";

let database: TestDatabase;
let runtime: Runtime;

beforeAll(async () => {
  database = await createTestDatabase();
  runtime = createRuntime({ databaseUrl: database.url, poolMax: 2 });
});
afterEach(() => runtime.db.processHeartbeat.deleteMany());
afterAll(async () => {
  await runtime.close();
  await database.drop();
});

const health = async (hasRunner = true): Promise<string> => (await readHealth(runtime, { hasRunner })).status;

it("is starting until the runner has beaten, then ok, and unavailable once it fell silent", async () => {
  expect(await health()).toBe("starting");
  await recordHeartbeat(runtime, "runner");
  expect(await health()).toBe("ok");
  await runtime.db.$executeRaw`UPDATE process_heartbeats SET beat_at = beat_at - interval '16 seconds'`;
  expect(await health()).toBe("unavailable");
  await recordHeartbeat(runtime, "runner");
  expect(await health()).toBe("ok");
});

it("asks for no runner where functions run elsewhere, and for the market only where a demo venue is in use", async () => {
  expect(await health(false)).toBe("ok");
  const venue = { id: runtime.newId(), kind: "demo" as const, name: "demo", identity: "one", finestTimeframe: "1m" };
  await runtime.db.venue.create({ data: venue });
  expect(await health(false)).toBe("starting");
  await recordHeartbeat(runtime, "market");
  expect(await health(false)).toBe("ok");
  await runtime.db.processHeartbeat.deleteMany();
  await runtime.db.venue.update({ where: { id: venue.id }, data: { archivedAt: new Date() } });
  expect(await health(false)).toBe("ok");
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
  // What came due while nobody was there to run it is not late yet.
  expect(await watch(new Date())).toEqual([]);
  expect(await watch()).toEqual(["cycles"]);
  await runtime.db.venueClock.update({ where: { venueId }, data: { speed: 0 } });
  expect([await watch(), await health()]).toEqual([[], "ok"]);
  // A market that stands owes nothing, however long the product has been up.
  expect(await watch(new Date(Date.now() - 3_600_000))).toEqual([]);
  await runtime.db.bot.updateMany({ data: { status: "archived" } });
  await runtime.db.venue.updateMany({ data: { archivedAt: new Date() } });
});

it("is unavailable, and says nothing more, when the database does not answer", async () => {
  const nowhere = createRuntime({ databaseUrl: "postgresql://nobody:secret@127.0.0.1:1/none" });
  expect(await readHealth(nowhere, { hasRunner: true })).toEqual({ status: "unavailable" });
  await nowhere.close();
});
