import { beforeAll, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import type { MarketData } from "~/trading/ports";
import { VenueError } from "~/trading/venue-error";
import type { BotContext } from "../bot-context";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { recordSnapshots } from "./record-snapshots";

let runtime: Runtime;
let fixture: BooksFixture;
let context: BotContext;
openBed((bed) => ({ runtime } = bed));
beforeAll(async () => {
  fixture = await createBooksFixture(runtime, { pairs: ["BTC/USDT", "ETH/USDT"] });
  context = await fixture.ports.contexts(fixture.botId, 1);
});

const record = (slot: number, changes: Partial<MarketData> = {}) => {
  fixture.setTime(Math.max(slot, FIRST_SLOT));
  const marketDataOf = () => Promise.resolve({ ...fixture.market, ...changes });
  return recordSnapshots({ ...fixture.ports, marketDataOf }, context, { slot });
};
const rowsAt = (slot: number) =>
  runtime.db.marketSnapshot.findMany({ where: { slot: new Date(slot) }, orderBy: { marketId: "asc" } });

it("stores what each pair showed, with the open of the candle that opens at the slot as its price", async () => {
  expect(await record(FIRST_SLOT)).toEqual([]);
  const rows = await rowsAt(FIRST_SLOT);
  const opens = ["BTC/USDT", "ETH/USDT"].map(
    (pair) => fixture.market.candles.get(pair)?.find(({ openTime }) => openTime === FIRST_SLOT)?.open,
  );
  expect(rows.map((row) => row.referencePrice?.toNumber())).toEqual(opens);
  for (const row of rows) expect(row.hash).toMatch(/^[0-9a-f]{64}$/);
});

it("the first answer stays: whoever comes second reads it, also when both came at once", async () => {
  const slot = FIRST_SLOT + HOUR_MS;
  await Promise.all(Array.from({ length: 8 }, () => record(slot)));
  const first = await rowsAt(slot);
  const otherPrice = { fetchOpenPrice: () => Promise.resolve("1"), fetchFundingRate: () => Promise.resolve(null) };
  expect(await record(slot, otherPrice)).toEqual([]);
  expect(await rowsAt(slot)).toEqual(first);
  expect(first).toHaveLength(2);
});

it("what the venue does not have or will not say stays unknown, never zero", async () => {
  const slot = FIRST_SLOT + 2 * HOUR_MS;
  const refuse = () => Promise.reject(new VenueError("refused", "no such thing"));
  const changes = { fetchTicker: refuse, fetchFundingRate: () => Promise.resolve(null), fetchOpenInterest: refuse };
  await record(slot, changes);
  for (const row of await rowsAt(slot)) {
    expect(row).toMatchObject({
      last: null,
      bid: null,
      ask: null,
      quoteVolume24h: null,
      fundingRate: null,
      openInterest: null,
    });
    expect(row.referencePrice).not.toBeNull();
  }
});

it("names the pairs without a price, to the bot that asked and to the one that came second", async () => {
  const slot = FIRST_SLOT + 3 * HOUR_MS;
  const fetchOpenPrice: MarketData["fetchOpenPrice"] = (request) =>
    request.pair === "ETH/USDT" ? Promise.resolve(null) : fixture.market.fetchOpenPrice(request);
  expect(await record(slot, { fetchOpenPrice })).toEqual(["ETH/USDT"]);
  expect(await record(slot)).toEqual(["ETH/USDT"]);
});

it("a venue that cannot be reached throws, so that the step is tried again, and stores nothing", async () => {
  const slot = FIRST_SLOT + 4 * HOUR_MS;
  const fetchTicker = () => Promise.reject(new VenueError("unreachable", "timed out"));
  await expect(record(slot, { fetchTicker })).rejects.toThrow("timed out");
  expect(await rowsAt(slot)).toEqual([]);
  expect(await record(slot)).toEqual([]);
});
