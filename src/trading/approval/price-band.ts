import { candleCloseTime, type Candle } from "../market/candle";
import type { Timeframe } from "../market/timeframe";
import { decimal, priceToMoney, type Decimal } from "../money";
import { utcMinute } from "../utc-minute";

export type PriceBand = { readonly low: Decimal; readonly high: Decimal };

/** The price by which a band was left; null: it is in it. A price on its edge is in it. */
const outside = ({ low, high }: PriceBand, lowest: Decimal, highest: Decimal): Decimal | null => {
  if (lowest.lt(low)) return lowest;
  return highest.gt(high) ? highest : null;
};

const describeLeft = ({ low, high }: PriceBand, price: Decimal, at: number): string =>
  `the price left the band of ${decimal(low.toPrecision(8)).toFixed()} to ${decimal(high.toPrecision(8)).toFixed()}: it was ${price.toFixed()} by ${utcMinute(new Date(at))}`;

/**
 * Why a proposal ends because of these candles of its market, ascending; null: all of them stayed in its band. Asked of
 * parts of them in turn, it is the same.
 */
export const leftBandIn = (band: PriceBand, candles: readonly Candle[], timeframe: Timeframe): string | null => {
  for (const candle of candles) {
    const left = outside(band, priceToMoney(candle.low), priceToMoney(candle.high));
    if (left) return describeLeft(band, left, candleCloseTime(candle, timeframe));
  }
  return null;
};

/** The same of one price at a time, ms. */
export const leftBandAt = (band: PriceBand, price: Decimal, at: number): string | null => {
  const left = outside(band, price, price);
  return left && describeLeft(band, left, at);
};
