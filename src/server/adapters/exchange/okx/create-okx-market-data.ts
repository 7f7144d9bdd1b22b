import type { MarketData, MarketRules } from "~/trading/ports";
import { VenueError } from "~/trading/venue-error";

import { createOkxClient, type OkxClient, type OkxClientOptions } from "./create-okx-client";
import { fetchOkxCandles, fetchOkxOpenPrice } from "./fetch-okx-candles";
import { fetchOkxFundingRate, fetchOkxOpenInterest, fetchOkxTicker } from "./fetch-okx-quotes";
import { fetchOkxTime } from "./fetch-okx-time";
import { parseOkxMarket } from "./parse-okx-market";

/**
 * OKX's public market data, needing no key: the real venue, or with `baseUrl` a simulator that speaks its protocol.
 * Every call is a read and may be repeated when its VenueError is retryable; none retries by itself.
 */
export const createOkxMarketData = async (options: OkxClientOptions = {}): Promise<MarketData> => {
  const client = await createOkxClient(options);
  return {
    listMarkets: () => listOkxMarkets(client),
    fetchCandles: (request) => fetchOkxCandles(client, request),
    fetchOpenPrice: (request) => fetchOkxOpenPrice(client, request),
    fetchTicker: (market) => fetchOkxTicker(client, market),
    fetchFundingRate: (market) => fetchOkxFundingRate(client, market),
    fetchOpenInterest: (market) => fetchOkxOpenInterest(client, market),
    fetchTime: () => fetchOkxTime(client),
  };
};

const listOkxMarkets = async (client: OkxClient): Promise<MarketRules[]> => {
  const replies = await Promise.all([
    client.read("public/instruments", { instType: "SWAP" }),
    client.read("public/instruments", { instType: "SPOT" }),
  ]);
  const rows = replies.flat();
  const markets = rows.map(parseOkxMarket).filter((market) => market !== null);
  if (rows.length > 0 && markets.length === 0) {
    throw new VenueError("bad-response", `public/instruments: none of ${rows.length} rows can be traded`);
  }
  return markets;
};
