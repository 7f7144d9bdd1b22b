import ccxt from "ccxt";
import { afterEach, describe, expect, it } from "vitest";

import { timeframeMs } from "~/trading/market/timeframe";

import { createOkxSimulator, type OkxSimulator, type OkxSimulatorOptions } from "./create-okx-simulator";
import { createRequestWindow } from "./request-window";
import { createTestMarket } from "./create-test-market";

const T0 = Date.UTC(2022, 4, 1);
const STEP = timeframeMs("5m");
const NOW = T0 + 1500 * STEP + 61_000;

const running: OkxSimulator[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.close()));
});

const swap = createTestMarket({ from: T0, count: 2000 });
const spot = createTestMarket({ from: T0, count: 2000, marketType: "spot" });

const start = async (options: Partial<OkxSimulatorOptions> = {}): Promise<OkxSimulator> => {
  const simulator = await createOkxSimulator({
    candles: { markets: [swap, spot], warnings: [] },
    now: () => NOW,
    ...options,
  });
  running.push(simulator);
  return simulator;
};
/** ccxt's own class with only the address changed. */
const connect = ({ baseUrl }: OkxSimulator) => {
  const exchange = new ccxt.okx({ enableRateLimit: false });
  exchange.urls["api"] = { rest: baseUrl };
  return exchange;
};

describe("the OKX simulator, asked by unmodified ccxt", () => {
  it("lists swap and spot markets with their rules", async () => {
    const simulator = await start();
    const exchange = connect(simulator);
    await exchange.loadMarkets();
    expect(Object.keys(exchange.markets ?? {}).toSorted()).toEqual(["BTC/USDT", "BTC/USDT:USDT"]);
    expect(exchange.market("BTC/USDT:USDT")).toMatchObject({
      id: "BTC-USDT-SWAP",
      active: true,
      linear: true,
      contractSize: 0.01,
      precision: { price: 0.1, amount: 0.01 },
      limits: { leverage: { max: 100 }, amount: { min: 0.01 } },
    });
    expect(simulator.requests()).toBe(5);
  });

  it("serves old candles where ccxt looks for them by the wall clock, volume in base units", async () => {
    const exchange = connect(await start());
    const rows = await exchange.fetchOHLCV("BTC/USDT:USDT", "5m", T0 + 100 * STEP, 250);
    expect(rows).toEqual(
      swap.candles
        .slice(100, 350)
        .map(({ openTime, open, high, low, close, volume }) => [openTime, open, high, low, close, volume]),
    );
  });

  it("serves the latest candles and the ticker at its own time", async () => {
    const exchange = connect(await start());
    const latest = await exchange.fetchOHLCV("BTC/USDT", "1d", undefined, 2);
    expect(latest.map(([time]) => time)).toEqual([T0 + 4 * timeframeMs("1d"), T0 + 5 * timeframeMs("1d")]);
    const ticker = await exchange.fetchTicker("BTC/USDT:USDT");
    expect(ticker).toMatchObject({ timestamp: NOW, last: swap.candles[1500]?.open });
    expect(ticker.bid).toBeLessThan(ticker.ask ?? 0);
    expect(await exchange.fetchTime()).toBe(NOW);
  });

  it("has no funding rate and no open interest", async () => {
    const exchange = connect(await start());
    expect((await exchange.fetchFundingRate("BTC/USDT:USDT")).fundingRate).toBeUndefined();
    expect((await exchange.fetchOpenInterest("BTC/USDT:USDT")).openInterestAmount).toBeUndefined();
    expect(await exchange.fetchFundingRateHistory("BTC/USDT:USDT")).toEqual([]);
  });

  it("refuses as OKX does what it does not have", async () => {
    const exchange = connect(await start());
    await expect(exchange.fetchOHLCV("BTC/USDT:USDT", "1m")).rejects.toThrow(/51000.*Parameter bar error/);
    await expect(exchange.fetchOrderBook("BTC/USDT:USDT")).rejects.toThrow(/404/);
  });

  it("is on maintenance after the end of the recording", async () => {
    const exchange = connect(await start({ now: () => T0 + 2000 * STEP + 1 }));
    await expect(exchange.fetchTicker("BTC/USDT:USDT")).rejects.toThrow(ccxt.OnMaintenance);
  });

  it("limits requests when asked to, with 429 and 50011", async () => {
    const simulator = await start({ rateLimit: true });
    const replies = await Promise.all(
      Array.from({ length: 45 }, () => fetch(`${simulator.baseUrl}/api/v5/public/time`)),
    );
    expect(replies.filter(({ status }) => status === 429).length).toBeGreaterThan(0);
    await expect(connect(simulator).fetchTime()).rejects.toThrow(ccxt.RateLimitExceeded);
  });
});

describe("the OKX simulator's door", () => {
  it("answers odd requests with 404 and stays up", async () => {
    const { baseUrl } = await start();
    for (const path of ["//", "/api/v4/public/time", "/api/v5/", "/api/v5/public/time/", "/%"]) {
      expect((await fetch(baseUrl + path)).status).toBe(404);
    }
    expect((await fetch(`${baseUrl}/api/v5/public/time`, { method: "POST" })).status).toBe(404);
    expect((await fetch(`${baseUrl}/api/v5/public/time`)).status).toBe(200);
  });

  it("does not start on a port that is taken", async () => {
    const { port } = await start();
    await expect(start({ port })).rejects.toThrow(/EADDRINUSE/);
  });
});

describe("createRequestWindow", () => {
  it("lets 40 requests pass in any two seconds", () => {
    let now = 0;
    const mayPass = createRequestWindow(() => now);
    expect(Array.from({ length: 41 }, mayPass).filter(Boolean)).toHaveLength(40);
    now = 1999;
    expect(mayPass()).toBe(false);
    now = 2000;
    expect(mayPass()).toBe(true);
  });
});
