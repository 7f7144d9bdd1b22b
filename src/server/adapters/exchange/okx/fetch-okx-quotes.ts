import { z } from "zod";

import { parseDecimalText, parseNumber } from "~/trading/market/parse-number";
import { decimal, toPlain } from "~/trading/money";
import type { FundingRate, MarketRef, OpenInterest, Ticker } from "~/trading/ports";
import { VenueError } from "~/trading/venue-error";

import type { OkxClient, OkxEndpoint } from "./create-okx-client";
import { okxInstrumentId } from "./okx-instrument-id";

const FUNDING_PERIOD_MS = 8 * 3_600_000;
const FUNDING_INTERVAL_MS_MAX = 24 * 3_600_000;

const rowSchema = z.looseObject({ instId: z.string() });
type Row = z.infer<typeof rowSchema>;
const NO_ROW: Row = { instId: "" };

/** The prices now. Throws VenueError "bad-response" when there is no time or no last price. */
export const fetchOkxTicker = async (client: OkxClient, market: MarketRef): Promise<Ticker> => {
  const row = (await readRow(client, "market/ticker", market)) ?? NO_ROW;
  const last = positiveOf(row["last"]);
  const time = parseNumber(row["ts"]);
  if (last === null || time === null) {
    throw new VenueError("bad-response", `market/ticker: no price or time for ${market.pair}`);
  }
  return { time, last, bid: positiveOf(row["bidPx"]), ask: positiveOf(row["askPx"]), ...volumesOf(row, market, last) };
};

/** volCcy24h is base units for swaps, which have no quote volume, and quote currency for spot. */
const volumesOf = (
  row: Row,
  { marketType }: MarketRef,
  last: string,
): Pick<Ticker, "baseVolume24h" | "quoteVolume24h"> => {
  if (marketType === "spot") {
    return { baseVolume24h: amountOf(row["vol24h"]), quoteVolume24h: amountOf(row["volCcy24h"]) };
  }
  const base = amountOf(row["volCcy24h"]);
  return { baseVolume24h: base, quoteVolume24h: base === null ? null : toPlain(decimal(base).times(last)) };
};

/** The rate of the running period, scaled to 8 hours; null when rate or period is unknown. */
export const fetchOkxFundingRate = async (client: OkxClient, market: MarketRef): Promise<FundingRate | null> => {
  if (market.marketType === "spot") return null;
  const row = await readRow(client, "public/funding-rate", market);
  const rate = parseDecimalText(row?.["fundingRate"]);
  const nextAt = parseNumber(row?.["fundingTime"]);
  const followingAt = parseNumber(row?.["nextFundingTime"]);
  if (rate === null || nextAt === null || followingAt === null) return null;
  const intervalMs = followingAt - nextAt;
  if (intervalMs <= 0 || intervalMs > FUNDING_INTERVAL_MS_MAX) return null;
  return { ratePer8h: toPlain(decimal(rate).times(FUNDING_PERIOD_MS).div(intervalMs)), nextAt };
};

/** Open interest in base units, and in USD as OKX values it; null when the venue has none. */
export const fetchOkxOpenInterest = async (client: OkxClient, market: MarketRef): Promise<OpenInterest | null> => {
  if (market.marketType === "spot") return null;
  const row = await readRow(client, "public/open-interest", market);
  const time = parseNumber(row?.["ts"]);
  if (row === null || time === null) return null;
  return { base: amountOf(row["oiCcy"]), quote: amountOf(row["oiUsd"]), time };
};

/** The first row; null when the venue has none. Throws VenueError when it names another instrument. */
const readRow = async (client: OkxClient, endpoint: OkxEndpoint, market: MarketRef): Promise<Row | null> => {
  const instId = okxInstrumentId(market);
  const params = endpoint === "public/open-interest" ? { instId, instType: "SWAP" } : { instId };
  const [first] = await client.read(endpoint, params);
  if (first === undefined) return null;
  const row = rowSchema.safeParse(first).data;
  if (row?.instId !== instId) throw new VenueError("bad-response", `${endpoint}: not a row of ${instId}`);
  return row;
};

const amountOf = (value: unknown): string | null => {
  const amount = parseDecimalText(value);
  return amount === null || decimal(amount).isNegative() ? null : amount;
};

const positiveOf = (value: unknown): string | null => {
  const amount = amountOf(value);
  return amount === "0" ? null : amount;
};
