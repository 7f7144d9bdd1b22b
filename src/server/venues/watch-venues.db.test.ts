import { createServer, type Server } from "node:http";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createSyntheticLibrary, SYNTHETIC_FROM } from "../../../scripts/testing/synthetic-library";
import { createTestDatabase, type TestDatabase } from "../../../scripts/testing/test-database";
import { createOkxSimulator, type OkxSimulator } from "../../../simulators/okx/create-okx-simulator";
import { decimal } from "~/trading/money";
import { startPaperBot } from "../bots/start-paper-bot";
import { createRuntime, type Runtime } from "../runtime";
import { createPerson } from "../testing/people-fixture";
import { endOutage } from "./end-outage";
import { findOutage } from "./find-outage";
import { listVenueHealth } from "../views/venues/list-venue-health";
import { getVenue } from "../views/venues/list-venues";
import { watchVenues } from "./watch-venues";

const DAY_MS = 86_400_000;
const LIBRARY = createSyntheticLibrary(2);

let database: TestDatabase;
let runtime: Runtime;
let simulator: OkxSimulator | null;
let port: number;
let marketTime: number;
let wallTime: number;
let userId: string;
let venueId: string;

const openMarket = async (): Promise<void> => {
  simulator = await createOkxSimulator({ candles: LIBRARY, now: () => marketTime, port });
  port = simulator.port;
};
const closeMarket = async (): Promise<void> => {
  await simulator?.close();
  simulator = null;
};

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

beforeEach(async () => {
  [port, marketTime, wallTime] = [0, SYNTHETIC_FROM + DAY_MS, Date.now()];
  await openMarket();
  runtime = createRuntime({
    databaseUrl: database.url,
    okxBaseUrl: `http://127.0.0.1:${port}`,
    wallNow: () => wallTime,
  });
  userId = (await createPerson(runtime)).userId;
  const { email } = await runtime.db.user.findUniqueOrThrow({ where: { id: userId } });
  const wanted = { email, venue: "okx", okxHost: `127.0.0.1:${port}`, name: null, pairs: null } as const;
  const { botId } = await startPaperBot(runtime, { ...wanted, intervalSeconds: 300, capital: decimal(10_000) });
  const bot = await runtime.db.bot.findUniqueOrThrow({ where: { id: botId }, include: { account: true } });
  venueId = bot.account.venueId;
});
afterEach(async () => {
  await runtime.db.bot.updateMany({ data: { status: "archived" } });
  await runtime.close();
  await closeMarket();
});

const look = async () => {
  wallTime += 60_000;
  await watchVenues(runtime);
  const [health] = await listVenueHealth(runtime, [venueId]);
  return health;
};
const events = async () => {
  const rows = await runtime.db.liveEvent.findMany({
    where: { userId, kind: "venue-state" },
    orderBy: { number: "asc" },
  });
  return rows.map(({ payload }) => payload);
};
const alerts = () => runtime.db.alert.findMany({ where: { userId } });

/** Something that is not OKX and answers 503 to everything. */
const openBrokenProxy = async (): Promise<Server> => {
  const server = createServer((_, response) => void response.writeHead(503).end("<html>down</html>"));
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return server;
};
const closeServer = async (server: Server): Promise<void> => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
};

describe("watching a venue", () => {
  it("finds it well, with the time it took, and tells nobody", async () => {
    expect(await look()).toMatchObject({ state: "ok", message: null, checkedAt: new Date(wallTime) });
    expect((await look())?.latencyMs).toBeGreaterThanOrEqual(0);
    expect(await events()).toEqual([]);
  });

  it("tells its users of an outage once, whatever is wrong meanwhile, and when it is back", async () => {
    await look();
    await closeMarket();
    const suspected = await look();
    const first = await look();
    expect(first).toMatchObject({ state: "unreachable", since: suspected?.checkedAt, latencyMs: null });
    expect(await look()).toMatchObject({ state: "unreachable", since: first?.since });
    const proxy = await openBrokenProxy();
    expect(await look()).toMatchObject({ state: "unreachable", since: first?.since });
    await closeServer(proxy);
    expect(await alerts()).toMatchObject([{ severity: "critical", kind: "venue", botId: null }]);

    await openMarket();
    expect(await look()).toMatchObject({ state: "ok", message: null, since: new Date(wallTime) });
    const states = (await events()).map((event) => (event as { state: string }).state);
    expect(states).toEqual(["unreachable", "ok"]);
    // The alert ends with its cause, and is kept.
    expect(await alerts()).toMatchObject([{ endedAt: expect.any(Date) }]);

    await closeMarket();
    await look();
    expect(await alerts()).toHaveLength(1);
    await look();
    expect(await alerts()).toHaveLength(2);
  });

  it("one late or failed look is a suspicion: written down, no outage, nobody is told, and one answer ends it", async () => {
    await look();
    await closeMarket();
    const suspected = await look();
    expect(suspected).toMatchObject({ state: "ok", suspectedAt: new Date(wallTime), checkedAt: new Date(wallTime) });
    expect(suspected?.message).toMatch(/does not answer.*If the next look fails too/);
    expect(await findOutage(runtime.db, venueId, wallTime)).toBeNull();
    const view = () => getVenue(runtime, { userId, venueId });
    expect(await view()).toMatchObject({ state: "suspect", since: new Date(wallTime) });
    await openMarket();
    expect(await look()).toMatchObject({ state: "ok", message: null, suspectedAt: null });
    expect([await events(), await alerts()]).toEqual([[], []]);
    await closeMarket();
    await look();
    expect(await findOutage(runtime.db, venueId, wallTime)).toBeNull();
  });

  it("a good answer of a cycle ends a suspicion and an outage at once, and says so", async () => {
    await look();
    await closeMarket();
    await look();
    await endOutage(runtime, venueId);
    await look();
    expect(await findOutage(runtime.db, venueId, wallTime)).toBeNull();
    await look();
    expect(await findOutage(runtime.db, venueId, wallTime)).toMatch(/does not answer/);
    await endOutage(runtime, venueId);
    expect(await findOutage(runtime.db, venueId, wallTime)).toBeNull();
    expect(await events()).toMatchObject([{ state: "unreachable" }, { state: "ok", message: null }]);
  });

  it("says nothing of addresses", async () => {
    await closeMarket();
    await look();
    await look();
    const said = JSON.stringify([await listVenueHealth(runtime, [venueId]), await events(), await alerts()]);
    expect(said).toMatch(/does not answer/);
    expect(said).not.toMatch(/127\.0\.0\.1|http/);
  });

  it("knows maintenance from an outage: the time is told, prices are not", async () => {
    await look();
    marketTime = SYNTHETIC_FROM + 3 * DAY_MS;
    expect(await look()).toMatchObject({ state: "maintenance", message: expect.stringContaining("maintenance") });
    expect(await alerts()).toEqual([]);
    expect(await events()).toMatchObject([{ state: "maintenance" }]);
  });

  it("leaves alone what nobody trades on", async () => {
    await runtime.db.bot.updateMany({ data: { status: "archived" } });
    expect(await watchVenues(runtime)).toEqual({ venues: 0, changed: 0 });
    expect(await listVenueHealth(runtime, [venueId])).toEqual([]);
  });

  it("speaks of an outage while its look is fresh, and not for ever", async () => {
    await closeMarket();
    await look();
    await look();
    const view = () => getVenue(runtime, { userId, venueId });
    expect(await findOutage(runtime.db, venueId, wallTime + 60_000)).toMatch(/does not answer/);
    expect(await view()).toMatchObject({ state: "unreachable", message: expect.stringContaining("does not answer") });
    wallTime += 181_000;
    expect(await findOutage(runtime.db, venueId, wallTime)).toBeNull();
    expect(await view()).toMatchObject({
      state: "unchecked",
      message: expect.stringContaining("has not been checked since"),
    });
  });

  it("gives one change when two watch at once", async () => {
    await closeMarket();
    await look();
    wallTime += 60_000;
    const seen = await Promise.all([watchVenues(runtime), watchVenues(runtime)]);
    expect(seen[0].changed + seen[1].changed).toBe(1);
    expect(await alerts()).toHaveLength(1);
  });
});
