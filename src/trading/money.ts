import { Decimal as BaseDecimal } from "decimal.js";

/**
 * The one Decimal of the product: 40 significant digits hold Decimal(38,18) products without loss.
 * Never compare or add Decimals with operators: `<` compares strings and `+` joins them; use lt(), plus().
 */
export const Decimal = BaseDecimal.clone({
  precision: 40,
  rounding: BaseDecimal.ROUND_HALF_EVEN,
  toExpNeg: -40,
  toExpPos: 60,
});
export type Decimal = BaseDecimal;
export type DecimalInput = BaseDecimal.Value;

/** Money is kept to 8 decimals. Amounts are rounded when posted, so that sums are exact. */
const MONEY_DECIMALS = 8;

export const ZERO = new Decimal(0);

export const decimal = (value: DecimalInput): Decimal => new Decimal(value);

/** An amount of quote currency as it is posted: 8 decimals, half to even. */
export const toMoney = (value: DecimalInput): Decimal =>
  new Decimal(value).toDecimalPlaces(MONEY_DECIMALS, Decimal.ROUND_HALF_EVEN);

/** A limit on money, cut to 8 decimals: an amount within it stays within it when posting rounds it. `value` >= 0. */
export const toMoneyDown = (value: DecimalInput): Decimal =>
  new Decimal(value).toDecimalPlaces(MONEY_DECIMALS, Decimal.ROUND_DOWN);

/** The nearest multiple of the market's tick. `tick` > 0. */
export const toTick = (price: DecimalInput, tick: DecimalInput): Decimal =>
  new Decimal(price).toNearest(tick, Decimal.ROUND_HALF_EVEN);

/** The largest multiple of the lot not above `quantity`. `lot` > 0. */
export const toLotDown = (quantity: DecimalInput, lot: DecimalInput): Decimal =>
  new Decimal(quantity).toNearest(lot, Decimal.ROUND_DOWN);

/** A candle's double as money: the shortest decimal that reads back as the same double. */
export const priceToMoney = (price: number): Decimal => new Decimal(String(price));

/** Plain notation without exponent, for everything that leaves the process. */
export const toPlain = (value: Decimal): string => value.toFixed();

export const sumOf = (values: readonly Decimal[]): Decimal => values.reduce((total, value) => total.plus(value), ZERO);
export const minOf = (first: Decimal, ...rest: Decimal[]): Decimal => Decimal.min(first, ...rest);
export const maxOf = (first: Decimal, ...rest: Decimal[]): Decimal => Decimal.max(first, ...rest);
