import type { Candle } from "~/trading/market/candle";
import type { Timeframe } from "~/trading/market/timeframe";
import type { MarketData, MarketRef } from "~/trading/ports";

export type StoredMarket = MarketRef & { readonly id: number };

/** Open times from `from` (inclusive) of candles that closed at or before `closedBy`; both ms of venue time. */
type CandleRange = { readonly timeframe: Timeframe; readonly from: number; readonly closedBy: number };

export type CandleSource = Pick<MarketData, "fetchCandles">;

export type CandleStore = {
  /** Closed candles, ascending. Asks the venue only for candles that were not fetched before. */
  readonly read: (market: StoredMarket, range: CandleRange, source: CandleSource) => Promise<Candle[]>;
};
