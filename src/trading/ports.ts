import type { Candle } from "./market/candle";
import type { Timeframe } from "./market/timeframe";
import type { MarketType, TradingPair } from "./market/trading-pair";

/** Names a market: "BTC/USDT" as a swap and "BTC/USDT" on spot are two markets. */
export type MarketRef = { readonly pair: TradingPair; readonly marketType: MarketType };

/** A market's trading rules. Quantities are in BASE units also where the venue counts contracts; decimal strings. */
export type MarketRules = MarketRef & {
  /** Price step, quote per base. */
  readonly tick: string;
  /** Quantity step, base units. */
  readonly lot: string;
  /** Base units of one contract; "1" on spot. */
  readonly contractSize: string;
  readonly quantityMin: string;
  /** Smallest order value in quote currency; null where the venue states none. */
  readonly notionalMin: string | null;
  /** null where the venue states none. */
  readonly leverageMax: number | null;
};

/** A market with what a fill there costs: the taker fee, a fraction of the order value, as decimal text. */
export type MarketTerms = MarketRules & { readonly takerFeeRate: string };

/** Prices at `time` (ms, venue time). null is unknown, never 0. */
export type Ticker = {
  readonly time: number;
  readonly last: string;
  readonly bid: string | null;
  readonly ask: string | null;
  readonly baseVolume24h: string | null;
  /** In quote currency; where a venue gives only base volume (OKX swaps), that volume at the last price. */
  readonly quoteVolume24h: string | null;
};

/** Paid by longs to shorts when positive, as a fraction of notional per 8 hours. `nextAt`: next payment, ms. */
export type FundingRate = { readonly ratePer8h: string; readonly nextAt: number | null };

/** `base` in base units, `quote` in quote currency; null is unknown. `time` in ms, venue time. */
export type OpenInterest = { readonly base: string | null; readonly quote: string | null; readonly time: number };

/** `from` and `through` are OPEN times in ms, both inclusive. */
export type CandleRequest = MarketRef & {
  readonly timeframe: Timeframe;
  readonly from: number;
  readonly through: number;
};

export type OpenPriceRequest = MarketRef & { readonly timeframe: Timeframe; readonly openTime: number };

/** Public market data of one venue. Every call throws VenueError when the venue fails (see venue-error.ts). */
export type MarketData = {
  /** The markets that are open for trading. */
  listMarkets(): Promise<MarketRules[]>;
  /** Candles that had closed at the venue's time, ascending, without duplicates; gaps are left out, not filled. */
  fetchCandles(request: CandleRequest): Promise<Candle[]>;
  /** Open of the candle that opens at `openTime`, also while it forms; null where there is none (yet). */
  fetchOpenPrice(request: OpenPriceRequest): Promise<string | null>;
  fetchTicker(market: MarketRef): Promise<Ticker>;
  /** null when unknown, and always on spot. */
  fetchFundingRate(market: MarketRef): Promise<FundingRate | null>;
  /** null when unknown, and always on spot. */
  fetchOpenInterest(market: MarketRef): Promise<OpenInterest | null>;
  /** The venue's clock, ms. */
  fetchTime(): Promise<number>;
};

/** A known event that moves prices, both ends in ms. Without currencies it concerns every market. */
export type NewsEvent = {
  readonly title: string;
  readonly from: number;
  readonly through: number;
  readonly currencies: readonly string[];
};

export type NewsCalendar = {
  /**
   * The events that lie at least in part between two times, ms, both included; null: there is no calendar. Throws when
   * it cannot be read.
   */
  fetchEvents(span: { readonly from: number; readonly through: number }): Promise<readonly NewsEvent[] | null>;
};
