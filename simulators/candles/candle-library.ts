import type { Aggregation } from "~/trading/market/aggregate-candles";
import type { Candle } from "~/trading/market/candle";
import type { Timeframe } from "~/trading/market/timeframe";
import type { MarketType, TradingPair } from "~/trading/market/trading-pair";

/** One market's candles in its finest timeframe. Gaps stay gaps. */
export type RecordedMarket = {
  readonly pair: TradingPair;
  readonly marketType: MarketType;
  readonly timeframe: Timeframe;
  /** Strictly ascending, at least one. */
  readonly candles: readonly Candle[];
  /** Open times (ms) of the first and the last candle. */
  readonly from: number;
  readonly through: number;
  /** Decimal places of the finest price; trailing zeros do not count. */
  readonly priceDecimals: number;
  /**
   * For candles made on demand: those of one length that open before `until` (ms), at least the last `count`, and the
   * later ones of that day. `candles` then has only the beginning, and `through` is infinite.
   */
  readonly seriesAt?: (bar: Required<Aggregation>, until: number, count: number) => readonly Candle[];
};

export type CandleLibrary = {
  readonly markets: readonly RecordedMarket[];
  /** What was left out and why, one sentence each. */
  readonly warnings: readonly string[];
};

type MarketCandles = Pick<RecordedMarket, "pair" | "marketType" | "timeframe" | "candles">;

/** A market from its candles, which must ascend. Throws RangeError when there is none or they do not ascend. */
export const createRecordedMarket = (market: MarketCandles): RecordedMarket => {
  const { candles, pair } = market;
  const first = candles[0];
  const last = candles.at(-1);
  if (first === undefined || last === undefined) throw new RangeError(`${pair} has no candles`);
  let previous = Number.NEGATIVE_INFINITY;
  let priceDecimals = 0;
  for (const candle of candles) {
    if (candle.openTime <= previous) throw new RangeError(`${pair}: candles must ascend, at ${candle.openTime}`);
    previous = candle.openTime;
    for (const price of [candle.open, candle.high, candle.low, candle.close]) {
      priceDecimals = Math.max(priceDecimals, decimalPlaces(price));
    }
  }
  return { ...market, from: first.openTime, through: last.openTime, priceDecimals };
};

const decimalPlaces = (price: number): number => {
  const [digits = "", exponent = "0"] = String(price).split("e");
  const point = digits.indexOf(".");
  const written = point < 0 ? 0 : digits.length - point - 1;
  return Math.max(0, written - Number(exponent));
};
