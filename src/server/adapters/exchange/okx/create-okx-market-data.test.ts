import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

import { closedCandles, type Candle } from "~/trading/market/candle";
import { aggregateCandles } from "~/trading/market/aggregate-candles";
import { timeframeMs, type Timeframe } from "~/trading/market/timeframe";
import type { MarketData } from "~/trading/ports";

import { loadCandleLibrary } from "../../../../../simulators/candles/load-candle-library";
import { createOkxSimulator, type OkxSimulator } from "../../../../../simulators/okx/create-okx-simulator";
import { createTestMarket } from "../../../../../simulators/okx/create-test-market";
import { createOkxMarketData } from "./create-okx-market-data";

const T0 = Date.UTC(2022, 4, 1);
const STEP = timeframeMs("5m");
const COUNT = 4000;
const BTC = { pair: "BTC/USDT", marketType: "swap" } as const;
const BTC_SPOT = { pair: "BTC/USDT", marketType: "spot" } as const;
const ETH = { pair: "ETH/USDT", marketType: "swap" } as const;
const at = (index: number): number => T0 + index * STEP;

const btc = createTestMarket({ from: T0, count: COUNT });
const eth = createTestMarket({
  ...ETH,
  from: T0,
  count: COUNT,
  isMissing: (index) => index % 500 > 420,
  volumeOf: () => null,
});
const spot = createTestMarket({ ...BTC_SPOT, from: T0, count: COUNT });

describe("OKX market data, from the simulator over HTTP", () => {
  let simulator: OkxSimulator;
  let market: MarketData;
  let now = at(3000);
  beforeAll(async () => {
    simulator = await createOkxSimulator({ candles: { markets: [btc, eth, spot], warnings: [] }, now: () => now });
    market = await createOkxMarketData({ baseUrl: `${simulator.baseUrl}/`, limiter: false });
  });
  afterAll(() => simulator.close());
  afterEach(() => {
    now = at(3000);
  });
  const fetch5m = (from: number, through: number) =>
    market.fetchCandles({ ...BTC, timeframe: "5m", from: at(from), through: at(through) });

  it("lists markets with quantities in base units", async () => {
    const markets = await market.listMarkets();
    expect(markets).toEqual([
      {
        ...BTC,
        tick: "0.1",
        contractSize: "0.01",
        lot: "0.0001",
        quantityMin: "0.0001",
        notionalMin: null,
        leverageMax: 100,
      },
      {
        ...ETH,
        tick: "0.01",
        contractSize: "0.1",
        lot: "0.001",
        quantityMin: "0.001",
        notionalMin: null,
        leverageMax: 100,
      },
      {
        ...BTC_SPOT,
        tick: "0.1",
        contractSize: "1",
        lot: "0.00000001",
        quantityMin: "0.00001",
        notionalMin: null,
        leverageMax: 1,
      },
    ]);
  });

  it("pages through more candles than one answer holds, across both endpoints, each exactly once", async () => {
    expect(await fetch5m(10, 2999)).toEqual(btc.candles.slice(10, 3000));
  });

  it("gives spot volume in base units, and an unknown volume as unknown", async () => {
    const request = { timeframe: "5m", from: at(100), through: at(110) } as const;
    expect(await market.fetchCandles({ ...BTC_SPOT, ...request })).toEqual(spot.candles.slice(100, 111));
    expect((await market.fetchCandles({ ...ETH, ...request })).map(({ volume }) => volume)).toEqual(
      Array(11).fill(null),
    );
  });

  it("leaves gaps out, also where they are longer than a page", async () => {
    const all = await market.fetchCandles({ ...ETH, timeframe: "5m", from: at(0), through: at(2999) });
    expect(all).toEqual(eth.candles.filter(({ openTime }) => openTime < at(3000)));
  });

  it("gives nothing that has not closed at the venue's time, and asks for none of it", async () => {
    now = at(3000) + STEP - 1;
    expect((await fetch5m(2990, 3500)).at(-1)?.openTime).toBe(at(2999));
    now += 1;
    expect((await fetch5m(2990, 3500)).at(-1)?.openTime).toBe(at(3000));
    const before = simulator.requests();
    expect(await fetch5m(3001, 3500)).toEqual([]);
    expect(simulator.requests()).toBe(before + 1); // the time alone
    expect(await fetch5m(5, 4)).toEqual([]);
  });

  it("answers for any span at any time just what had closed by then, in every timeframe", async () => {
    const spans = fc.record({
      timeframe: fc.constantFrom<Timeframe>("5m", "15m", "1h", "2h", "4h", "6h", "12h", "1d"),
      time: fc.integer({ min: 0, max: COUNT * STEP }),
      from: fc.nat({ max: COUNT }),
      length: fc.nat({ max: 900 }),
    });
    await fc.assert(
      fc.asyncProperty(spans, async ({ timeframe, time, from, length }) => {
        now = T0 + time;
        const lengthMs = timeframeMs(timeframe);
        const first = Math.floor(at(from) / lengthMs) * lengthMs;
        const through = first + length * lengthMs;
        const closed = closedCandles(aggregateCandles(btc.candles, { from: "5m", to: timeframe }), timeframe, now);
        const expected: Candle[] = closed.filter(({ openTime }) => openTime >= first && openTime <= through);
        expect(await market.fetchCandles({ ...BTC, timeframe, from: first, through })).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });

  it("knows the open of a candle from the instant it opens, also of an old one", async () => {
    const open = (index: number) => market.fetchOpenPrice({ ...BTC, timeframe: "5m", openTime: at(index) });
    expect(await open(3000)).toBe(String(btc.candles[3000]?.open));
    expect(await open(7)).toBe(String(btc.candles[7]?.open));
    expect(await open(3001)).toBeNull();
    expect(await market.fetchOpenPrice({ ...ETH, timeframe: "5m", openTime: at(430) })).toBeNull();
  });

  it("gives the ticker at the venue's time, volumes in base and quote", async () => {
    const last = btc.candles[3000]?.open ?? 0;
    const ticker = await market.fetchTicker(BTC);
    expect(ticker).toMatchObject({ time: at(3000), last: String(last) });
    expect(Number(ticker.bid)).toBeLessThan(last);
    expect(Number(ticker.ask)).toBeGreaterThan(last);
    const base = btc.candles.slice(3000 - 288, 3000).reduce((sum, { volume }) => sum + (volume ?? 0), 0);
    expect(ticker.baseVolume24h).toBe(String(base));
    expect(Number(ticker.quoteVolume24h)).toBeCloseTo(base * last, 4);
    expect(await market.fetchTicker(ETH)).toMatchObject({ baseVolume24h: null, quoteVolume24h: null });
    expect(Number((await market.fetchTicker(BTC_SPOT)).quoteVolume24h)).toBeGreaterThan(base * 29_000);
  });

  it("does not know funding and open interest that the venue does not have", async () => {
    expect(await market.fetchFundingRate(BTC)).toBeNull();
    expect(await market.fetchOpenInterest(BTC)).toBeNull();
    expect(await market.fetchFundingRate(BTC_SPOT)).toBeNull();
    expect(await market.fetchOpenInterest(BTC_SPOT)).toBeNull();
  });

  it("reports maintenance after the end of the recording, which may be tried again", async () => {
    now = at(COUNT) + 1;
    await expect(market.fetchTicker(BTC)).rejects.toMatchObject({
      name: "VenueError",
      kind: "maintenance",
      retryable: true,
    });
    await expect(fetch5m(0, 10)).rejects.toMatchObject({ kind: "maintenance" });
    expect(await market.fetchTime()).toBe(at(COUNT) + 1);
  });

  it("reports as refused, for good, what the venue does not have", async () => {
    const finer = market.fetchCandles({ ...BTC, timeframe: "1m", from: T0, through: T0 });
    await expect(finer).rejects.toMatchObject({ kind: "refused", retryable: false });
    await expect(market.fetchTicker({ pair: "DOGE/USDT", marketType: "swap" })).rejects.toMatchObject({
      kind: "refused",
    });
    await expect(market.fetchTicker({ pair: "BTC/USD", marketType: "swap" })).rejects.toThrow(/settled in the coin/);
  });

  it("refuses a span off the grid, or longer than any purpose needs", async () => {
    await expect(market.fetchCandles({ ...BTC, timeframe: "5m", from: T0 + 1, through: at(9) })).rejects.toThrow(
      /grid/,
    );
    await expect(fetch5m(0, 120_000)).rejects.toThrow(/at most 120000 candles at once, was 120001/);
    await expect(createOkxMarketData({ baseUrl: "localhost" })).rejects.toThrow(/must look like http/);
  });
});

const RECORDED = fileURLToPath(new URL("../../../../../shared/candles", import.meta.url));

describe.skipIf(!existsSync(RECORDED))("OKX market data, from recorded candles of 2022", () => {
  it("gives seven weeks of 2022 just as they were recorded", async () => {
    const candles = await loadCandleLibrary(RECORDED);
    const now = Date.UTC(2022, 5, 18, 21);
    const simulator = await createOkxSimulator({ candles, now: () => now });
    try {
      const market = await createOkxMarketData({ baseUrl: simulator.baseUrl, limiter: false });
      const from = Date.UTC(2022, 4, 1);
      const fetched = await market.fetchCandles({ ...BTC, timeframe: "5m", from, through: now });
      const recorded = candles.markets.find(({ pair }) => pair === "BTC/USDT")?.candles ?? [];
      expect(fetched).toEqual(recorded.filter(({ openTime }) => openTime < now));
      expect(await market.fetchOpenPrice({ ...BTC, timeframe: "5m", openTime: now })).toBe("17811.9");
    } finally {
      await simulator.close();
    }
  });
});
