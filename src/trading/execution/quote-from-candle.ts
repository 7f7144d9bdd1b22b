import { Decimal, ZERO, decimal, maxOf } from "../money";
import { secondOf, type Matching, type SecondMatching } from "./matching";

const HALF_SPREAD_RATE = decimal("0.0001");
const IMPACT_RATE = decimal("0.0005");

export type QuoteRequest = {
  /** The reference price, quote per base; > 0. */
  readonly price: Decimal;
  /** The market's price step; > 0. */
  readonly tick: Decimal;
  readonly side: "buy" | "sell";
  /** Value of the order in quote currency; 0 asks for the plain bid or ask. */
  readonly orderValue: Decimal;
  /** Quote value traded in the last closed settlement candle; null when unknown. */
  readonly candleValue: Decimal | null;
  /** (high - low) / open of that candle; absent or null: unknown, and taken to be calm. */
  readonly candleRange?: number | null;
  /** Absent: version 1. */
  readonly matching?: Matching;
};

/** How many times as wide as a calm candle one ranged; 1 at the least, and where that is unknown. */
export const agitationOf = (candleRange: number | null | undefined, { calmRange }: SecondMatching): Decimal =>
  maxOf(decimal(1), decimal(candleRange ?? 0).div(calmRange));

export type CandleQuote = {
  /** What the trader pays or gets, on the tick. */
  readonly price: Decimal;
  /** Distance from the reference price, quote per base, never negative. */
  readonly slippage: Decimal;
  /** True when the traded value is unknown. Then the impact is that of an order as large as the candle. */
  readonly isImpactAssumed: boolean;
};

/**
 * The price at which a market order would be filled, when all that is known is a candle: half the spread (half a
 * tick or 0.01 % of the price, whichever is more) plus an impact of 0.05 % x sqrt(order value / candle value), the
 * square-root law of market impact. Matching version 2 sets both rates, and a candle that ranged wide multiplies the
 * impact: that law has the volatility as its factor. Rounded to the tick against the trader; a sell never falls below one tick.
 * Throws RangeError for a price or tick that is not positive, or a negative value.
 */
export const quoteFromCandle = (request: QuoteRequest): CandleQuote => {
  const { price, tick } = request;
  if (!price.gt(0) || !tick.gt(0)) {
    throw new RangeError(`price and tick must be positive, were ${price.toFixed()} and ${tick.toFixed()}`);
  }
  const { orderValue, candleValue } = request;
  if (!orderValue.gte(0) || candleValue?.gte(0) === false) {
    throw new RangeError(
      `order and candle value must not be negative, were ${orderValue.toFixed()} and ${candleValue?.toFixed()}`,
    );
  }
  const filled = fillNearly(request) ?? fillExactly(request);
  return { price: filled, slippage: filled.minus(price).abs(), isImpactAssumed: isImpactAssumed(request) };
};

const isImpactAssumed = ({ orderValue, candleValue }: QuoteRequest): boolean =>
  !orderValue.isZero() && (candleValue === null || candleValue.isZero());

const halfSpreadOf = ({ matching }: QuoteRequest): Decimal =>
  decimal(secondOf(matching)?.halfSpreadRate ?? HALF_SPREAD_RATE);

/** The price by exact arithmetic. */
export const fillExactly = (request: QuoteRequest): Decimal => {
  const { price, tick, side } = request;
  const distance = maxOf(tick.div(2), price.times(halfSpreadOf(request))).plus(price.times(impactOf(request)));
  return side === "buy"
    ? price.plus(distance).toNearest(tick, Decimal.ROUND_UP)
    : maxOf(price.minus(distance).toNearest(tick, Decimal.ROUND_DOWN), tick);
};

/** Nearer to a tick than this share of the price in ticks, doubles do not say on which side: much more than their error. */
const DOUBT = 1e-12;

/**
 * The same by doubles, where those leave no doubt between which ticks the price is before it is rounded; null where they
 * do. A root of 40 digits costs more than all else of a fill.
 */
const fillNearly = (request: QuoteRequest): Decimal | null => {
  const { tick, side, orderValue, candleValue } = request;
  const price = request.price.toNumber();
  const step = tick.toNumber();
  const isWhole = orderValue.isZero() || candleValue === null || candleValue.isZero();
  const share = isWhole ? 1 : orderValue.toNumber() / candleValue.toNumber();
  const rate = orderValue.isZero() ? 0 : wholeImpact(request).toNumber() * Math.sqrt(share);
  const distance = Math.max(step / 2, price * halfSpreadOf(request).toNumber()) + price * rate;
  const ticks = (side === "buy" ? price + distance : price - distance) / step;
  const isClear = Math.abs(ticks - Math.round(ticks)) > DOUBT * (price / step + Math.abs(ticks) + 1);
  if (!isClear || Math.abs(ticks) > Number.MAX_SAFE_INTEGER) return null;
  return tick.times(side === "buy" ? Math.ceil(ticks) : Math.max(Math.floor(ticks), 1));
};

/** The impact of an order as large as the candle. */
const wholeImpact = ({ matching, candleRange }: QuoteRequest): Decimal => {
  const second = secondOf(matching);
  return second ? agitationOf(candleRange, second).times(second.impactRate) : IMPACT_RATE;
};

const impactOf = (request: QuoteRequest): Decimal => {
  const { orderValue, candleValue } = request;
  if (orderValue.isZero()) return ZERO;
  if (candleValue === null || candleValue.isZero()) return wholeImpact(request);
  return wholeImpact(request).times(orderValue.div(candleValue).sqrt());
};
