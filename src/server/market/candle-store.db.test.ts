import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../scripts/testing/test-database";
import { InvariantError } from "~/trading/invariant";
import { closedCandles, type Candle } from "~/trading/market/candle";
import type { Timeframe } from "~/trading/market/timeframe";
import { createSyntheticCandles } from "~/trading/market/synthetic-candles";
import { createDatabase, type Database } from "../db/client";
import { createMemoryMarket, memoryRules, type MemoryMarket } from "../testing/memory-market";
import type { StoredMarket } from "../ports/candle-store";
import { createCandleStore } from "./candle-store";
import { loadCandles, saveCandles } from "./stored-candles";

const STEP = 300_000;
const START = 1_704_067_200_000;
const at = (index: number): number => START + index * STEP;

let database: TestDatabase;
let db: Database;
let venueId: string;
beforeAll(async () => {
  database = await createTestDatabase();
  db = createDatabase({ url: database.url, poolMax: 5 });
  venueId = "00000000-0000-7000-8000-000000000001";
  await db.venue.create({ data: { id: venueId, kind: "demo", name: "v", identity: "v", finestTimeframe: "5m" } });
});
afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});

let made = 0;
let market: StoredMarket;
let venue: MemoryMarket;
const CANDLES = createSyntheticCandles({ seed: 7, count: 4000, volatility: 0.003, timeframe: "5m", startTime: START });

/** A market of its own for each test, and a venue that lacks some of its candles. */
const list = async (missing: readonly number[] = []): Promise<void> => {
  made += 1;
  const pair = `COIN${made}/USDT`;
  const { id } = await db.market.create({ data: { ...memoryRules(pair), venueId } });
  market = { id, pair, marketType: "swap" };
  venue = createMemoryMarket(new Map([[pair, CANDLES.filter((_, index) => !missing.includes(index))]]), at(4000));
};
beforeEach(() => list());

const read = (store: ReturnType<typeof createCandleStore>, from: number, closedBy: number) =>
  store.read(market, { timeframe: "5m", from, closedBy }, venue);
const stored = async (): Promise<number[]> => {
  const rows = await db.candle.findMany({ where: { marketId: market.id }, orderBy: { openTime: "asc" } });
  return rows.map(({ openTime }) => (openTime.getTime() - START) / STEP);
};

describe("reading through", () => {
  it("asks the venue once for many readers at once, and all of them get the same candles", async () => {
    const store = createCandleStore(db);
    const reads = await Promise.all(Array.from({ length: 50 }, () => read(store, at(0), at(100))));
    expect(venue.requests).toHaveLength(1);
    for (const candles of reads) expect(candles).toEqual(CANDLES.slice(0, 100));
  });

  it("asks only for what nobody asked for before, on either side", async () => {
    const store = createCandleStore(db);
    await read(store, at(50), at(60));
    expect(await read(store, at(45), at(65))).toEqual(CANDLES.slice(45, 65));
    const spans = venue.requests.map(({ from, through }) => [(from - START) / STEP, (through - START) / STEP]);
    expect(spans).toEqual([
      [50, 59],
      [45, 49],
      [60, 64],
    ]);
    expect(await stored()).toEqual(Array.from({ length: 20 }, (_, index) => 45 + index));
  });

  it("gives candles as they came, to the last bit, also after a restart", async () => {
    await read(createCandleStore(db), at(0), at(20));
    const requests = venue.requests.length;
    expect(await read(createCandleStore(db), at(0), at(20))).toEqual(CANDLES.slice(0, 20));
    expect(venue.requests).toHaveLength(requests);
  });

  it("never shows or stores a candle that had not closed, whatever the venue sends", async () => {
    const eager = { fetchCandles: () => Promise.resolve(CANDLES.slice(0, 30)) };
    const store = createCandleStore(db);
    const candles = await store.read(market, { timeframe: "5m", from: at(0), closedBy: at(10) + STEP - 1 }, eager);
    expect(candles).toEqual(closedCandles(CANDLES, "5m", at(10)));
    expect((await stored()).at(-1)).toBe(9);
  });

  it("asks nobody for an empty span", async () => {
    expect(await read(createCandleStore(db), at(5), at(5) + STEP - 1)).toEqual([]);
    expect(venue.requests).toEqual([]);
  });

  it("a venue that fails is asked again by the next reader", async () => {
    const store = createCandleStore(db);
    const failing = { fetchCandles: () => Promise.reject(new Error("unreachable")) };
    const range = { timeframe: "5m" as const, from: at(0), closedBy: at(10) };
    await expect(store.read(market, range, failing)).rejects.toThrow("unreachable");
    expect(await store.read(market, range, venue)).toHaveLength(10);
  });
});

describe("coverage", () => {
  it("a gap is not asked for again once a later candle came", async () => {
    await list([4, 5, 6]);
    const store = createCandleStore(db);
    expect(await read(store, at(0), at(10))).toHaveLength(7);
    expect(await read(createCandleStore(db), at(2), at(8))).toHaveLength(3);
    expect(venue.requests).toHaveLength(1);
  });

  it("the newest candle is asked for again until it comes", async () => {
    const store = createCandleStore(db);
    venue.now = at(10) - 1;
    expect(await read(store, at(0), at(10))).toHaveLength(9);
    expect(await read(store, at(0), at(10))).toHaveLength(9);
    venue.now = at(10);
    expect(await read(store, at(0), at(10))).toEqual(CANDLES.slice(0, 10));
    const asked = venue.requests.map(({ from }) => (from - START) / STEP);
    expect(asked).toEqual([0, 9, 9]);
    expect(await read(store, at(0), at(10))).toHaveLength(10);
    expect(venue.requests).toHaveLength(3);
  });

  it("two processes that begin apart leave no hole between them", async () => {
    const [first, second] = [createCandleStore(db), createCandleStore(db)];
    await Promise.all([read(first, at(0), at(10)), read(second, at(20), at(30))]);
    expect(await read(createCandleStore(db), at(0), at(30))).toEqual(CANDLES.slice(0, 30));
  });
});

describe("two stores on one database", () => {
  it("agree on what they read at once and store each candle once", async () => {
    const stores = [createCandleStore(db), createCandleStore(db), createCandleStore(db)];
    const reads = await Promise.all(stores.map((store, index) => read(store, at(index), at(40 - index))));
    for (const [index, candles] of reads.entries()) expect(candles).toEqual(CANDLES.slice(index, 40 - index));
    expect(await stored()).toEqual(Array.from({ length: 40 }, (_, index) => index));
  });

  it("a candle that differs from the stored one is a broken invariant, and nothing of its answer is written", async () => {
    await read(createCandleStore(db), at(0), at(10));
    await db.candleCoverage.delete({ where: { marketId_timeframe: { marketId: market.id, timeframe: "5m" } } });
    const changed = CANDLES.slice(0, 20).map((candle, index): Candle =>
      index === 3 ? { ...candle, volume: 1 } : candle,
    );
    const range = { timeframe: "5m" as const, from: at(0), closedBy: at(20) };
    const other = { fetchCandles: () => Promise.resolve(changed) };
    await expect(createCandleStore(db).read(market, range, other)).rejects.toThrow(InvariantError);
    expect(await stored()).toHaveLength(10);
    expect(await db.candleCoverage.count({ where: { marketId: market.id } })).toBe(0);
    const candle = await db.candle.findFirst({ where: { marketId: market.id, openTime: new Date(at(3)) } });
    expect(candle?.volume).toBe(CANDLES[3]?.volume);
  });
});

describe("memory", () => {
  it("keeps a window: older candles come from the database, the newest from memory, and both are right", async () => {
    const store = createCandleStore(db);
    for (let end = 500; end <= 4000; end += 500) {
      expect(await read(store, at(end - 500), at(end))).toEqual(CANDLES.slice(end - 500, end));
    }
    const requests = venue.requests.length;
    // What the window holds needs no database: its rows may be gone.
    await db.candle.deleteMany({ where: { marketId: market.id } });
    expect(await read(store, at(3900), at(4000))).toEqual(CANDLES.slice(3900));
    expect(await read(store, at(0), at(100))).toEqual([]);
    expect(venue.requests).toHaveLength(requests);
  });
});

describe("stored candles", () => {
  const load = (from: number, through: number, by = db) =>
    loadCandles(by, { marketId: market.id, timeframe: "5m", from: at(from), through: at(through) });
  const batchOf = (from: number, through: number, timeframe: Timeframe = "5m") => ({
    marketId: market.id,
    timeframe,
    candles: CANDLES.slice(from, through),
    from: at(from),
    through: at(through),
  });
  const save = (from: number, through: number) => saveCandles(db, [batchOf(from, through)]);

  it.each([
    ["began later", { from: new Date(at(11)) }],
    ["ended earlier", { through: new Date(at(19)) }],
  ])(
    "are not believed where the coverage %s meanwhile, and are where it holds exactly the span",
    async (_how, change) => {
      await save(10, 20);
      expect(await load(10, 20)).toEqual(CANDLES.slice(10, 20));
      await db.candleCoverage.updateMany({ where: { marketId: market.id }, data: change });
      expect(await load(10, 20)).toBeNull();
      expect(await load(11, 19)).toEqual(CANDLES.slice(11, 19));
      await db.candleCoverage.deleteMany({ where: { marketId: market.id } });
      expect(await load(11, 19)).toBeNull();
    },
  );

  it("of several series are saved together; one that would change a candle is refused alone and whole", async () => {
    await save(0, 10);
    const changed = CANDLES.slice(5, 20).map((candle) => ({ ...candle, close: candle.close + 1 }));
    const [other, refused, last] = await saveCandles(db, [
      batchOf(0, 20, "1h"),
      { ...batchOf(10, 20), candles: changed },
      batchOf(5, 15, "15m"),
    ]);
    expect([other, last]).toEqual([
      { from: at(0), through: at(20) },
      { from: at(5), through: at(15) },
    ]);
    expect(refused).toBeInstanceOf(InvariantError);
    expect(await db.candle.count({ where: { marketId: market.id, timeframe: "5m" } })).toBe(10);
    expect(await load(10, 20)).toBeNull();
  });

  it("come in the order of their times, however they lie on the disk", async () => {
    for (const from of [40, 30, 20, 10]) await save(from, from + 10);
    // Without the index, whose order would hide a query that does not ask for one.
    const session = "-c enable_indexscan=off -c enable_bitmapscan=off -c enable_indexonlyscan=off";
    const unordered = createDatabase({ url: `${database.url}?options=${encodeURIComponent(session)}`, poolMax: 2 });
    try {
      expect(await load(10, 50, unordered)).toEqual(CANDLES.slice(10, 50));
    } finally {
      await unordered.$disconnect();
    }
  });
});
