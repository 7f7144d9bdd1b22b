import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { loadCandleLibrary } from "../../simulators/candles/load-candle-library";
import { createOkxSimulator, type OkxSimulator } from "../../simulators/okx/create-okx-simulator";
import { createTestMarket } from "../../simulators/okx/create-test-market";
import { createOkxMarketData } from "../../src/server/adapters/exchange/okx/create-okx-market-data";
import type { MarketData } from "../../src/trading/ports";
import { VenueError } from "../../src/trading/venue-error";
import { findCandleGaps } from "../backtest/find-candle-gaps";
import { fetchHistory, type HistoryRequest } from "./fetch-history";

const STEP = 300_000;
const FROM = Date.UTC(2022, 3, 29);
const COUNT = 1500;
const BTC = { pair: "BTC/USDT", marketType: "swap", timeframe: "5m" } as const;
const ETH = { ...BTC, pair: "ETH/USDT" } as const;

const btc = createTestMarket({ from: FROM, count: COUNT });
const eth = createTestMarket({
  pair: ETH.pair,
  from: FROM,
  count: COUNT,
  isMissing: (n) => n > 700 && n < 720,
  volumeOf: () => null,
});

let simulator: OkxSimulator;
let source: MarketData;
let folder = "";
beforeAll(async () => {
  const now = (): number => FROM + COUNT * STEP;
  simulator = await createOkxSimulator({ candles: { markets: [btc, eth], warnings: [] }, now });
  source = await createOkxMarketData({ baseUrl: simulator.baseUrl, limiter: false });
  folder = mkdtempSync(path.join(os.tmpdir(), "0xbot-candles-"));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await simulator.close();
});

const SPAN = { from: FROM - 10 * 86_400_000, to: FROM + 400 * 86_400_000 };
const run = async (given: Partial<HistoryRequest> = {}) => {
  const chunks: string[] = [];
  const waits: number[] = [];
  await fetchHistory({
    source,
    folder,
    series: [BTC, ETH],
    ...SPAN,
    onChunk: ({ pair }, { from }, candles) =>
      chunks.push(`${pair} ${new Date(from).toISOString().slice(0, 7)} ${String(candles)}`),
    wait: (ms) => Promise.resolve(void waits.push(ms)),
    ...given,
  });
  return { chunks, waits };
};

it("an interrupted fetch goes on where it was, waits longer each time, and then has all that the venue has", async () => {
  let calls = 0;
  const failing = {
    ...source,
    fetchCandles: (asked: Parameters<MarketData["fetchCandles"]>[0]) => {
      calls += 1;
      if (calls > 2) return Promise.reject(new VenueError("unreachable", "the line is dead"));
      return source.fetchCandles(asked);
    },
  };
  const waits: number[] = [];
  const broken = run({ source: failing, wait: (ms) => Promise.resolve(void waits.push(ms)) });
  await expect(broken).rejects.toThrow("the line is dead");
  expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000]);
  expect(readdirSync(folder)).toHaveLength(2);

  const { chunks } = await run();
  // The span begins before the listing, on the last two days of April.
  expect(chunks).toEqual([
    "BTC/USDT 2022-04 null",
    "BTC/USDT 2022-05 null",
    "ETH/USDT 2022-04 576",
    "ETH/USDT 2022-05 905",
  ]);
  const { markets } = await loadCandleLibrary(folder);
  expect(markets.map(({ candles }) => candles)).toEqual([btc.candles, eth.candles]);
});

it("nothing is asked for again once it is stored, and what the venue lacks is told as gaps", async () => {
  const before = simulator.requests();
  const { chunks } = await run();
  expect(chunks.every((chunk) => chunk.endsWith(" null"))).toBe(true);
  // The venue's time alone.
  expect(simulator.requests() - before).toBe(1);
  const { markets } = await loadCandleLibrary(folder);
  expect(markets.map((market) => findCandleGaps(market, SPAN))).toEqual([
    null,
    expect.stringMatching(/^ETH\/USDT lacks 19 5m candles, from 2022-05-01T10:25:00.000Z \(19\)/),
  ]);
});
