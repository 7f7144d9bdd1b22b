import { describe } from "vitest";
import { timeframeMs } from "~/trading/market/timeframe";
import { createOkxSimulator } from "../../../../../simulators/okx/create-okx-simulator";
import { createTestMarket } from "../../../../../simulators/okx/create-test-market";
import { createOkxMarketData } from "../okx/create-okx-market-data";
import { describeMarketData, type MarketWorld, type ShownWorld } from "./market-data-contract";
import { createToyVenue } from "./toy-venue";

const STEP = timeframeMs("5m");
const FROM = Date.UTC(2024, 0, 1);
const MISSING = 117;

const swap = createTestMarket({ from: FROM, count: 900, isMissing: (index) => index === MISSING });
const spot = createTestMarket({ from: FROM, count: 900, marketType: "spot" });

const WORLD: MarketWorld = {
  from: FROM,
  swap: { pair: "BTC/USDT", marketType: "swap" },
  spot: { pair: "BTC/USDT", marketType: "spot" },
  absent: { pair: "NONE/USDT", marketType: "swap" },
  candlesOf: ({ marketType }) => (marketType === "swap" ? swap : spot).candles,
  gapAt: FROM + MISSING * STEP,
  now: FROM + 600 * STEP,
};

const showOkx = async (): Promise<ShownWorld> => {
  let { now } = WORLD;
  const simulator = await createOkxSimulator({ candles: { markets: [swap, spot], warnings: [] }, now: () => now });
  const market = await createOkxMarketData({ baseUrl: simulator.baseUrl, limiter: false });
  const setTime = (time: number): void => {
    now = time;
  };
  return { market, setTime, close: () => simulator.close() };
};

describe("market data of OKX, over HTTP", () => {
  describeMarketData(WORLD, showOkx);
});

describe("market data of a venue kind that was added", () => {
  describeMarketData(WORLD, () => Promise.resolve(createToyVenue(WORLD)));
});
