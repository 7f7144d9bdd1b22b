import type { Timeframe } from "~/trading/market/timeframe";
import { baseOf, quoteOf } from "~/trading/market/trading-pair";
import type { MarketRef } from "~/trading/ports";
import { VenueError } from "~/trading/venue-error";

/**
 * OKX's name of a market: "BTC-USDT-SWAP", "BTC-USDT". A swap is the linear one, settled in its quote currency.
 * Throws VenueError "refused" for a swap quoted in USD, which OKX settles in the coin.
 */
export const okxInstrumentId = ({ pair, marketType }: MarketRef): string => {
  const name = `${baseOf(pair)}-${quoteOf(pair)}`;
  if (marketType === "spot") return name;
  if (quoteOf(pair) === "USD") {
    throw new VenueError("refused", `${pair}: swaps in USD are settled in the coin, which is not supported; use USDT`);
  }
  return `${name}-SWAP`;
};

/** OKX's bars from 6 hours up open in UTC+8 unless "utc" is asked for. */
export const OKX_BARS: Readonly<Record<Timeframe, string>> = {
  "1m": "1m",
  "3m": "3m",
  "5m": "5m",
  "15m": "15m",
  "30m": "30m",
  "1h": "1H",
  "2h": "2H",
  "4h": "4H",
  "6h": "6Hutc",
  "12h": "12Hutc",
  "1d": "1Dutc",
};
