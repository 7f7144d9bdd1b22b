import { Decimal, priceToMoney } from "../money";

/**
 * Exact amounts as whole numbers of the last decimal of money: loops over many candles add them without a Decimal. A
 * double tells all decimals of 15 digits apart, so that an amount is found in one and given back by its shortest text.
 */
const DECIMALS = 8;
const SCALE = 10 ** DECIMALS;
export const UNITS_MAX = 1e15;

/** Null where the amount has more decimals or digits. */
export const toUnits = (amount: Decimal): number | null => scaleExactly(amount, DECIMALS);

/** A word of decimal.js: seven digits. */
const WORD = 1e7;
type Digits = { s: number; e: number; d: number[] };

/** As the text would be read, several times as fast: by the words in which decimal.js keeps digits. */
export const fromUnits = (units: number): Decimal => {
  const size = Math.abs(units);
  const whole = Math.floor(size / SCALE);
  if (whole === 0 || whole >= WORD) return priceToMoney(units / SCALE);
  const rest = size - whole * SCALE;
  const first = Math.floor(rest / 10);
  const last = rest - first * 10;
  const amount = new Decimal(1);
  const digits = amount as unknown as Digits;
  digits.s = units < 0 ? -1 : 1;
  digits.e = lengthOf(whole) - 1;
  if (last > 0) digits.d = [whole, first, last * (WORD / 10)];
  else digits.d = first > 0 ? [whole, first] : [whole];
  return amount;
};

const lengthOf = (whole: number): number => {
  let length = 1;
  for (let bound = 10; whole >= bound; bound *= 10) length += 1;
  return length;
};

/** `amount` times a power of ten, null where that is no whole number of at most 15 digits. */
const scaleExactly = (amount: Decimal, decimals: number): number | null => {
  if (amount.decimalPlaces() > decimals) return null;
  const units = Math.round(amount.toNumber() * 10 ** decimals);
  return Math.abs(units) < UNITS_MAX ? units : null;
};

/** The profit of a position in units, by prices as whole numbers of their last decimal. */
export type ProfitUnits = { readonly entry: number; readonly scale: number; readonly factor: number };

type Held = { readonly side: "long" | "short"; readonly entryPrice: Decimal; readonly quantity: Decimal };

/** For marks of so many decimals; null where a profit may have more decimals than money, so that it would be rounded. */
export const profitUnits = ({ side, entryPrice, quantity }: Held, markDecimals: number): ProfitUnits | null => {
  const priceDecimals = Math.max(markDecimals, entryPrice.decimalPlaces());
  const quantityDecimals = quantity.decimalPlaces();
  const spare = DECIMALS - priceDecimals - quantityDecimals;
  const entry = scaleExactly(entryPrice, priceDecimals);
  const size = scaleExactly(quantity, quantityDecimals);
  if (spare < 0 || entry === null || size === null) return null;
  return { entry, scale: 10 ** priceDecimals, factor: (side === "long" ? 1 : -1) * size * 10 ** spare };
};

/** NaN where the price has more decimals than were asked for, or more than 15 digits. */
export const profitAt = ({ entry, scale, factor }: ProfitUnits, price: number): number => {
  const whole = Math.round(price * scale);
  return whole / scale === price && whole < UNITS_MAX ? (whole - entry) * factor : Number.NaN;
};
