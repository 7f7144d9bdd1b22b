import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSyntheticLibrary, SYNTHETIC_FROM } from "../../../scripts/testing/synthetic-library";
import { createTestDatabase, type TestDatabase } from "../../../scripts/testing/test-database";
import { createOkxSimulator, type OkxSimulator } from "../../../simulators/okx/create-okx-simulator";
import { decimal } from "~/trading/money";
import { createRuntime, type Runtime } from "../runtime";
import { startPaperBot, type WantedBot } from "./start-paper-bot";

const EMAIL = "trader@example.org";

let database: TestDatabase;
let simulator: OkxSimulator;
let runtime: Runtime;
beforeAll(async () => {
  database = await createTestDatabase();
  simulator = await createOkxSimulator({ candles: createSyntheticLibrary(2), now: () => SYNTHETIC_FROM + 86_400_000 });
  runtime = createRuntime({ databaseUrl: database.url, okxBaseUrl: simulator.baseUrl });
  await runtime.db.user.create({ data: { id: runtime.newId(), email: EMAIL } });
});
afterAll(async () => {
  await runtime.close();
  await simulator.close();
  await database.drop();
});

const wanted = (changes: Partial<WantedBot> = {}): WantedBot => ({
  email: EMAIL,
  venue: "okx",
  okxHost: null,
  name: null,
  pairs: null,
  intervalSeconds: 300,
  capital: decimal(10_000),
  ...changes,
});

describe("a paper bot on OKX's public prices", () => {
  it("is made with the rules of OKX's markets, and begins at the next slot of wall time", async () => {
    const now = runtime.wallNow();
    const made = await startPaperBot(runtime, wanted({ email: " Trader@Example.org " }));
    expect(made).toMatchObject({ name: "Trinity on OKX", pairs: ["BTC/USDT", "ETH/USDT", "SOL/USDT"] });
    const bot = await runtime.db.bot.findUniqueOrThrow({
      where: { id: made.botId },
      include: { account: { include: { venue: { include: { markets: true } } } } },
    });
    expect(bot).toMatchObject({ status: "running", accountKind: "paper", intervalSeconds: 300 });
    expect(bot.account.venue).toMatchObject({ kind: "okx", identity: "okx", finestTimeframe: "1m" });
    expect(bot.account.venue.markets).toHaveLength(3);
    const { settings } = await runtime.db.botSettings.findFirstOrThrow({ where: { botId: made.botId } });
    expect(settings, "a new bot is matched by the newest version").toMatchObject({ matching: { version: 2 } });
    const wait = (bot.nextDue?.getTime() ?? 0) - now;
    expect(wait).toBeGreaterThanOrEqual(0);
    expect(wait).toBeLessThanOrEqual(300_000 + 60_000);
  });

  it("shares one venue, and another host is another venue", async () => {
    await startPaperBot(runtime, wanted());
    await startPaperBot(runtime, wanted({ okxHost: "eea.example.org" }));
    const venues = await runtime.db.venue.findMany({ orderBy: { identity: "asc" } });
    expect(venues.map(({ identity, name }) => [identity, name])).toEqual([
      ["okx", "OKX"],
      ["okx:eea.example.org", "OKX (eea.example.org)"],
    ]);
  });

  it("has the settings that it is given, of any mode, and the pairs among them unless others are asked for", async () => {
    const exits = [{ code: "low", name: "a low close", when: { left: "close", is: "<", right: 1 } }];
    const settings = { mode: "custom", pairs: ["ETH/USDT"], decision: { long: { exits } } };
    const made = await startPaperBot(runtime, wanted({ settings }));
    expect(made).toMatchObject({ name: "Custom rules on OKX", pairs: ["ETH/USDT"] });
    const stored = await runtime.db.botSettings.findFirstOrThrow({ where: { botId: made.botId } });
    expect(stored.settings).toMatchObject({ mode: "custom", decision: { long: { exits: [{ code: "low" }] } } });
    const other = await startPaperBot(runtime, wanted({ settings, pairs: ["BTC/USDT"] }));
    expect(other.pairs).toEqual(["BTC/USDT"]);
  });

  it("is refused where OKX cannot be reached, with what to do, and nothing is made", async () => {
    const nobody = createRuntime({ databaseUrl: database.url, okxBaseUrl: "http://127.0.0.1:1" });
    const before = await runtime.db.venue.count();
    const refusal = startPaperBot(nobody, wanted({ okxHost: "closed" }));
    await expect(refusal).rejects.toThrow(/markets cannot be read .*unreachable.*OKX_BASE_URL/);
    await nobody.close();
    expect(await runtime.db.venue.count()).toBe(before);
  });

  it.each<[string, Partial<WantedBot>, RegExp]>([
    ["a user who is not there", { email: "nobody@example.org" }, /no user nobody@example\.org.*user:create/],
    ["what is no e-mail address", { email: "nobody" }, /not an e-mail address/],
    ["a pair that OKX does not have", { pairs: ["DOGE/USDT"] }, /no swap market for DOGE\/USDT/],
    ["a pair that is none", { pairs: ["BTC-USDT"] }, /pairs/],
    ["an interval below a minute", { intervalSeconds: 30 }, /intervalSeconds/],
    ["a mode that is none", { settings: { mode: "oracle" } }, /no such mode: choose trinity or/],
    ["a setting that is none", { settings: { decision: { speed: 1 } } }, /decision: Unrecognized key: "speed"/],
  ])("refuses %s", async (_, changes, text) => {
    await expect(startPaperBot(runtime, wanted(changes))).rejects.toThrow(text);
  });
});

describe("a paper bot on the demo market", () => {
  it("is refused while none is shown", async () => {
    await expect(startPaperBot(runtime, wanted({ venue: "demo" }))).rejects.toThrow(
      /No demo market is running.*npm start/,
    );
  });

  it("trades all of its pairs by its clock, at an interval of two seconds of a wall clock at least", async () => {
    const id = runtime.newId();
    const anchor = new Date(SYNTHETIC_FROM);
    const clock = { anchorWall: new Date(), anchorMarket: anchor, speed: 720, highWater: anchor };
    const venue = { id, kind: "demo" as const, name: "synthetic", identity: id, finestTimeframe: "1m" };
    const rules = { tick: "0.1", lot: "0.01", contractSize: "0.01", quantityMin: "0.01" };
    const markets = { create: [{ pair: "BTC/USDT", marketType: "swap" as const, ...rules }] };
    await runtime.db.venue.create({ data: { ...venue, clock: { create: clock }, markets } });
    const demo = { venue: "demo", pairs: null } as const;
    await expect(startPaperBot(runtime, wanted(demo))).rejects.toThrow(/1440 seconds or more/);
    const made = await startPaperBot(runtime, wanted({ ...demo, intervalSeconds: 3600 }));
    expect(made).toMatchObject({ name: "Trinity on the demo market", pairs: ["BTC/USDT"] });
    const bot = await runtime.db.bot.findUniqueOrThrow({ where: { id: made.botId } });
    expect(bot.nextDue?.getUTCFullYear()).toBe(2024);
  });
});
