import { beforeEach, describe, expect, it } from "vitest";
import { openBed } from "../../../../scripts/testing/open-bed";
import type { Timeframe } from "~/trading/market/timeframe";
import { getBot } from "../bots/get-bot";
import type { Runtime } from "../../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../../testing/books-fixture";
import { findOwnedBotWithSettings } from "../owned-bot";
import { loadBuyAndHold } from "./buy-and-hold";
import { getEquityChart } from "./get-equity-chart";

const PAIRS = ["BTC/USDT", "ETH/USDT"];

let runtime: Runtime;
let fixture: BooksFixture;

openBed((bed) => ({ runtime } = bed));
beforeEach(async () => {
  fixture = await createBooksFixture(runtime, { pairs: PAIRS });
});

const held = async () => loadBuyAndHold(runtime, await findOwnedBotWithSettings(runtime, fixture));

const at = (hour: number): Date => new Date(FIRST_SLOT + hour * HOUR_MS);

/** Marks equity, all of it cash, at an hour after the first slot. */
const markEquity = async (hour: number, equity: number, peak = 10_000): Promise<void> => {
  const amounts = { equity, cash: equity, margin: 0, unrealizedPnl: 0, peak };
  await runtime.db.equityPoint.create({ data: { botId: fixture.botId, at: at(hour), ...amounts } });
};

/** Stores a candle that closes at an hour after the first slot, with an unknown volume. */
const storeClose = async (pair: string, hour: number, close: number, timeframe: Timeframe = "1h"): Promise<void> => {
  const market = await runtime.db.market.findFirstOrThrow({ where: { venueId: fixture.venueId, pair } });
  const openTime = timeframe === "1h" ? at(hour - 1) : new Date(at(hour).getTime() - 300_000);
  const prices = { open: close, high: close, low: close, close, volume: null };
  await runtime.db.candle.create({ data: { marketId: market.id, timeframe, openTime, ...prices } });
};

const plantPrices = async (hours: readonly number[]): Promise<void> => {
  const closes = [
    [100, 50],
    [110, 45],
    [120, 60],
  ] as const;
  for (const hour of hours) {
    await storeClose("BTC/USDT", hour, closes[hour]?.[0] ?? 0);
    await storeClose("ETH/USDT", hour, closes[hour]?.[1] ?? 0);
  }
};

it("is the bot's capital in equal shares at its first slot, less the costs of entry, by hand", async () => {
  for (const hour of [0, 1, 2]) await markEquity(hour, 10_000);
  await plantPrices([0, 1, 2]);
  const { fraction, points } = await held();
  // 49.945 at 100.06 and 99.890 at 50.03, each with 0.00455165 left of its 5000.
  expect(points.map(({ value }) => value)).toEqual([
    4994.5 + 4994.5 + 0.0091033,
    5493.95 + 4495.05 + 0.0091033,
    5993.4 + 5993.4 + 0.0091033,
  ]);
  expect(points.map(({ time }) => time * 1000)).toEqual([0, 1, 2].map((hour) => at(hour).getTime()));
  expect(fraction).toBeCloseTo(0.19868091033, 12);
});

it("gets what the bot got, bought then, and its return, as the bot's, is chained over it", async () => {
  for (const hour of [0, 1, 2]) await markEquity(hour, hour === 2 ? 25_000 : 10_000, 25_000);
  const amounts = { equity: 20_000, cash: 20_000, margin: 0, unrealizedPnl: 0, peak: 25_000, flow: 10_000 };
  const flowAt = new Date(at(1).getTime() + 1);
  await runtime.db.equityPoint.create({ data: { botId: fixture.botId, at: flowAt, ...amounts } });
  await runtime.db.bot.update({ where: { id: fixture.botId }, data: { allotment: "20000" } });
  await plantPrices([0, 1, 2]);
  const { fraction, points } = await held();
  // What was worth 9,989.01 got 5,000 more of each pair, less 5.5 for what the orders cost: 0.06 % and 0.05 %.
  expect(points[1]?.value).toBeGreaterThan(9989.0091 + 10_000 - 11.6);
  expect(points[1]?.value).toBeLessThan(9989.0091 + 10_000 - 11);
  expect(fraction).toBeCloseTo((0.99890091033 * (points[2]?.value ?? NaN)) / 19_989.0091033 - 1, 9);
  // 45.42 and 111.05 more, of 5,000 at 110.07 and 45.03 with fees.
  expect(points[2]?.value).toBeCloseTo((49.945 + 45.403) * 120 + (99.89 + 110.981) * 60, -1);
  const chart = await getEquityChart(runtime, fixture);
  expect(chart.returnFraction).toBeCloseTo(0.25, 12);
  expect(chart.flows).toEqual([{ time: Math.floor(flowAt.getTime() / 1000), amount: "10000" }]);
  // One point a second: of the slot and of the flow a moment later, the flow's.
  expect(chart.equity.map(({ value }) => value)).toEqual([10_000, 20_000, 25_000]);
  const bot = await getBot(runtime, fixture);
  expect([bot.performance.buyAndHoldFraction, chart.buyAndHoldFraction]).toEqual([fraction, fraction]);
});

it("has no point where a candle is missing, and no result where that is the newest", async () => {
  for (const hour of [0, 1, 2]) await markEquity(hour, 10_000);
  await plantPrices([0, 2]);
  await storeClose("BTC/USDT", 1, 110);
  const gapped = await held();
  expect(gapped.points.map(({ time }) => time * 1000)).toEqual([at(0).getTime(), at(2).getTime()]);
  expect(gapped.fraction).not.toBeNull();
  await markEquity(3, 10_000);
  expect((await held()).fraction).toBeNull();
});

it("is nothing where one pair has no candle at the first slot, and where there is no point at all", async () => {
  const nothing = { fraction: null, points: [] };
  await plantPrices([2]);
  expect(await held()).toEqual(nothing);
  for (const hour of [0, 1, 2]) await markEquity(hour, 10_000);
  await storeClose("BTC/USDT", 0, 100);
  expect(await held()).toEqual(nothing);
});

it("is bought at the open of the first candles where the data begins with its first slot", async () => {
  for (const hour of [0, 1]) await markEquity(hour, 10_000);
  const open = { BTC: 100, ETH: 50 };
  for (const market of await runtime.db.market.findMany({ where: { venueId: fixture.venueId } })) {
    const price = open[market.pair === "BTC/USDT" ? "BTC" : "ETH"];
    const prices = { open: price, high: price * 1.1, low: price, close: price * 1.1, volume: null };
    await runtime.db.candle.create({ data: { marketId: market.id, timeframe: "1h", openTime: at(0), ...prices } });
  }
  const { points } = await held();
  // The quantities of the first test: 49.945 and 99.890.
  expect(points.map(({ value }) => value)).toEqual([9989.0091033, 1.1 * (4994.5 + 4994.5) + 0.0091033]);
});

it("takes the finest candles where no hour or coarser is stored", async () => {
  await markEquity(0, 10_000);
  await storeClose("BTC/USDT", 0, 100, "5m");
  await storeClose("ETH/USDT", 0, 50, "5m");
  const { points } = await held();
  expect(points.map(({ value }) => value)).toEqual([9989.0091033]);
});

const chart = () => getEquityChart(runtime, { userId: fixture.userId, botId: fixture.botId });

it("stands in the equity chart at the times of its points, beside the drawdown from the peak", async () => {
  await markEquity(0, 10_000);
  await markEquity(1, 9000);
  await markEquity(2, 12_000, 12_000);
  await plantPrices([0, 1, 2]);
  await runtime.db.venue.update({ where: { id: fixture.venueId }, data: { openedAt: at(1) } });
  const { equity, drawdown, buyAndHold, openedAt, currency } = await chart();
  expect(equity.map(({ value }) => value)).toEqual([10_000, 9000, 12_000]);
  expect(drawdown.map(({ value }) => value)).toEqual([0, -0.1, 0]);
  expect(buyAndHold.map(({ time }) => time)).toEqual(equity.map(({ time }) => time));
  expect([openedAt, currency]).toEqual([at(1).getTime() / 1000, "USDT"]);
});

it("the chart names the span in which nothing was marked, and none in a whole curve", async () => {
  for (const hour of [0, 1, 2, 50, 51]) await markEquity(hour, 10_000);
  const seconds = (hour: number): number => at(hour).getTime() / 1000;
  expect((await chart()).gaps).toEqual([{ from: seconds(2), to: seconds(50) }]);
  for (let hour = 3; hour < 50; hour += 1) await markEquity(hour, 10_000);
  expect((await chart()).gaps).toEqual([]);
});

it("a long curve is thinned to 600 points: the last of each span, and so the newest", async () => {
  const data = Array.from({ length: 1801 }, (_, index) => {
    const equity = 10_000 + index;
    return { botId: fixture.botId, at: at(index), equity, cash: equity, margin: 0, unrealizedPnl: 0, peak: equity };
  });
  await runtime.db.equityPoint.createMany({ data });
  const { equity } = await chart();
  // Spans of 1800 / 599 = 3.005 hours: hours 0 to 3 are the first, 4 to 6 the second.
  expect(equity.length).toBe(600);
  expect(equity.slice(0, 2).map(({ value }) => value)).toEqual([10_003, 10_006]);
  expect(equity.at(-1)).toEqual({ time: at(1800).getTime() / 1000, value: 11_800 });
});

describe("the benchmark on a bot's page", () => {
  /** Prices double in the first hour of a life so long that the chart does not draw its first point. */
  const liveLong = async (): Promise<void> => {
    const hours = Array.from({ length: 801 }, (_, hour) => hour);
    const amounts = { equity: 10_000, cash: 10_000, margin: 0, unrealizedPnl: 0, peak: 10_000 };
    const data = hours.map((hour) => ({ botId: fixture.botId, at: at(hour), ...amounts }));
    await runtime.db.equityPoint.createMany({ data });
    const markets = await runtime.db.market.findMany({ where: { venueId: fixture.venueId } });
    for (const { id } of markets) {
      const closes = hours.map((hour) => ({ hour, price: hour < 1 ? 100 : 200 + hour / 100 }));
      const candles = closes.map(({ hour, price }) => {
        const prices = { open: price, high: price, low: price, close: price, volume: null };
        return { marketId: id, timeframe: "1h", openTime: at(hour - 1), ...prices };
      });
      await runtime.db.candle.createMany({ data: candles });
    }
  };
  const everywhere = async () => {
    const owned = { userId: fixture.userId, botId: fixture.botId };
    const [{ fraction, points }, drawn, bot] = await Promise.all([held(), chart(), getBot(fixture.ports, owned)]);
    expect([drawn.buyAndHoldFraction, bot.performance.buyAndHoldFraction]).toEqual([fraction, fraction]);
    expect(drawn.buyAndHold).toEqual(points);
    return { fraction, last: points.at(-1)?.value ?? NaN };
  };

  it("is one figure to the last digit in chart and performance, from the first slot on", async () => {
    await liveLong();
    const { fraction, last } = await everywhere();
    // Bought at 100 and worth 208: what the chart's first point, hours later, knows nothing of.
    expect(fraction).toBeGreaterThan(1.07);
    expect(last / 10_000 - 1).toBeCloseTo(fraction ?? NaN, 12);
  });

  it("stays what it was when the first equity points are thinned away", async () => {
    await liveLong();
    const before = await everywhere();
    await runtime.db.equityPoint.deleteMany({ where: { botId: fixture.botId, at: { lt: at(500) } } });
    expect(await everywhere()).toEqual(before);
  });
});
