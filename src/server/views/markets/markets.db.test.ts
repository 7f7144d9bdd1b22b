import { beforeAll, describe, expect, it } from "vitest";
import { openBed } from "../../../../scripts/testing/open-bed";
import { marketsInputSchema, previewCandlesInputSchema } from "~/contracts/market-row";
import { MINUTE_MS } from "~/trading/market/duration";
import type { Runtime } from "../../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../../testing/books-fixture";
import { listBotChoices } from "../bots/list-choices";
import { getTemplate } from "../bots/get-template";
import { listMarkets } from "./list-markets";
import { listPreviewCandles } from "./list-preview-candles";

let runtime: Runtime;
let books: BooksFixture;
let ids: Readonly<Record<string, number>>;
openBed((bed) => ({ runtime } = bed));
beforeAll(async () => {
  books = await createBooksFixture(runtime, { pairs: ["BTC/USDT", "ETH/USDT", "SOL/USDT"] });
  const markets = await runtime.db.market.findMany({ where: { venueId: books.venueId } });
  ids = Object.fromEntries(markets.map(({ pair, id }) => [pair, id]));
  await snapshot("ETH/USDT", { bid: "99", ask: "101", last: "100", quoteVolume24h: "5000" });
  await snapshot(
    "ETH/USDT",
    { bid: "199", ask: "201", last: "200", quoteVolume24h: "6000", fundingRate: "-0.0002" },
    1,
  );
  await snapshot("SOL/USDT", { bid: "10", ask: "10.01", last: "10", quoteVolume24h: "7000", fundingRate: "0.0001" });
});

const snapshot = async (pair: string, shown: object, hours = 0): Promise<void> => {
  const slot = new Date(FIRST_SLOT + hours * HOUR_MS);
  const row = { id: runtime.newId(), marketId: ids[pair] ?? 0, slot, hash: `${pair}${hours}`, ...shown };
  await runtime.db.marketSnapshot.create({ data: row });
};

const list = (changes: object = {}) =>
  listMarkets(books.ports, marketsInputSchema.parse({ venueId: books.venueId, ...changes }));
const pairsOf = async (changes: object) => (await list(changes)).map(({ pair }) => pair);

describe("the markets of a venue", () => {
  it("show what was last recorded of each, and nothing for what is not known", async () => {
    const [bitcoin, ether] = await list({ sort: "pair" });
    expect(ether).toMatchObject({
      pair: "ETH/USDT",
      last: "200",
      spreadFraction: 0.01,
      quoteVolume24h: "6000",
      fundingRate: "-0.0002",
      seenAt: new Date(FIRST_SLOT + HOUR_MS),
    });
    const unknown = { last: null, bid: null, spreadFraction: null, quoteVolume24h: null, fundingRate: null };
    expect(bitcoin).toMatchObject({ pair: "BTC/USDT", ...unknown, seenAt: null, historyFrom: null });
    expect(bitcoin?.rules.takerFeeRate).toBe("0.0005");
  });

  it.each([
    ["pair", ["BTC/USDT", "ETH/USDT", "SOL/USDT"]],
    ["volume", ["SOL/USDT", "ETH/USDT", "BTC/USDT"]],
    ["spread", ["SOL/USDT", "ETH/USDT", "BTC/USDT"]],
    ["funding", ["SOL/USDT", "ETH/USDT", "BTC/USDT"]],
    ["history", ["BTC/USDT", "ETH/USDT", "SOL/USDT"]],
  ])("by %s are in that order, unknown last", async (sort, pairs) => {
    expect(await pairsOf({ sort })).toEqual(pairs);
  });

  it("are found by a part of their name as it is written, and cut to a number", async () => {
    expect(await pairsOf({ search: " eth" })).toEqual(["ETH/USDT"]);
    expect(await pairsOf({ search: "%" })).toEqual([]);
    expect(await pairsOf({ search: "/usdt", sort: "pair", limit: 2 })).toEqual(["BTC/USDT", "ETH/USDT"]);
    expect(await pairsOf({ pairs: ["SOL/USDT", "none"] })).toEqual(["SOL/USDT"]);
    expect(await pairsOf({ marketType: "spot" })).toEqual([]);
  });

  it("say since when their candles are known", async () => {
    const [from, through] = [new Date(FIRST_SLOT - 9 * HOUR_MS), new Date(FIRST_SLOT)];
    await runtime.db.candleCoverage.create({
      data: { marketId: ids["BTC/USDT"] ?? 0, timeframe: "1h", from, through },
    });
    const [bitcoin] = await list({ sort: "history" });
    expect(bitcoin).toMatchObject({ pair: "BTC/USDT", historyFrom: from, historyThrough: through });
  });

  it("of a venue that is closed, or of none, are not found", async () => {
    await expect(list({ venueId: runtime.newId() })).rejects.toThrow(/not running: choose another/);
  });
});

const candlesOf = (pair: string, changes: object = {}) => {
  const wanted = previewCandlesInputSchema.parse({ marketId: ids[pair] ?? 0, timeframe: "1h", ...changes });
  return listPreviewCandles(books.ports, wanted);
};

/** So many closed candles before the first slot, and one that has not closed. */
const store = async (pair: string, timeframe: string, { minutes, count }: { minutes: number; count: number }) => {
  const data = Array.from({ length: count + 1 }, (_, index) => ({
    marketId: ids[pair] ?? 0,
    timeframe,
    openTime: new Date(FIRST_SLOT - (count - index) * minutes * MINUTE_MS),
    open: index + 1,
    high: index + 2,
    low: index + 1,
    close: index + 1,
    volume: index === 0 ? null : 1,
  }));
  await runtime.db.candle.createMany({ data });
};

describe("candles for a preview", () => {
  it("are none where none are stored, and where only coarser ones are", async () => {
    expect(await candlesOf("BTC/USDT")).toMatchObject({ timeframe: null, times: [] });
    await store("BTC/USDT", "4h", { minutes: 240, count: 5 });
    expect(await candlesOf("BTC/USDT")).toMatchObject({ timeframe: null });
    expect(await candlesOf("BTC/USDT", { timeframe: "4h" })).toMatchObject({ timeframe: "4h" });
  });

  it("are those that reach back farthest of what fits, closed by the venue's clock, unknown volume unknown", async () => {
    await store("ETH/USDT", "5m", { minutes: 5, count: 24 });
    await store("ETH/USDT", "1h", { minutes: 60, count: 10 });
    const found = await candlesOf("ETH/USDT");
    expect(found.timeframe).toBe("1h");
    expect(found.times).toHaveLength(10);
    expect(found.times.at(-1)).toBe((FIRST_SLOT - HOUR_MS) / 1000);
    expect(found.volume.slice(0, 2)).toEqual([null, 1]);
    expect(found.open).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it("are the finest where they reach as far, and never more than asked for", async () => {
    await store("SOL/USDT", "5m", { minutes: 5, count: 120 });
    await store("SOL/USDT", "1h", { minutes: 60, count: 10 });
    expect(await candlesOf("SOL/USDT")).toMatchObject({ timeframe: "5m" });
    expect((await candlesOf("SOL/USDT", { limit: 6 })).times.length).toBeLessThanOrEqual(6);
  });

  it("of no market are not found", async () => {
    await expect(candlesOf("none", { marketId: 2_147_483_647 })).rejects.toThrow(/no such market/);
  });
});

describe("what a new bot may be made of", () => {
  it("are the open markets with their pace, the user's own accounts and bots, and what is left", async () => {
    const quota = { ...runtime.quota, botsMax: 3, accountsMax: 1 };
    const choices = await listBotChoices({ ...books.ports, quota }, books.userId);
    expect(choices).toMatchObject({
      venues: [
        {
          id: books.venueId,
          pairs: ["BTC/USDT", "ETH/USDT", "SOL/USDT"],
          intervalSeconds: 3600,
          intervalSecondsMin: 60,
        },
      ],
      accounts: [{ venueId: books.venueId, bots: 1, free: "0" }],
      copies: { bots: [{ id: books.botId, name: "first" }], hasMore: false },
      botsLeft: 2,
      accountsLeft: 0,
    });
    expect(choices.limits.length).toBeGreaterThan(30);
    const others = await listBotChoices({ ...books.ports, quota }, runtime.newId());
    expect(others).toMatchObject({ accounts: [], copies: { bots: [], hasMore: false }, botsLeft: 3, accountsLeft: 1 });
  });

  it("a template is a preset by its name, or a bot of one's own, and another's looks like none", async () => {
    const { userId, botId } = books;
    const ask = (wanted: Parameters<typeof getTemplate>[1]) => getTemplate(books.ports, wanted);
    expect(await ask({ from: "bot", userId, botId })).toMatchObject({ title: "first", settings: { mode: "trinity" } });
    expect(await ask({ from: "preset", userId, name: "pullback" })).toMatchObject({ title: "Pullbacks" });
    const messageOf = (wanted: Parameters<typeof getTemplate>[1]) => ask(wanted).catch((error: Error) => error.message);
    const stranger = runtime.newId();
    expect(await messageOf({ from: "bot", userId: stranger, botId })).toBe(
      await messageOf({ from: "bot", userId, botId: runtime.newId() }),
    );
    await expect(ask({ from: "preset", userId, name: "__proto__" })).rejects.toThrow(/no such start/);
  });
});
