import { Decimal } from "decimal.js";

/** Shown where a value is not known. Unknown is never 0. */
export const UNKNOWN = "—";

const MINUS = "−";
const GROUP = /\B(?=(\d{3})+(?!\d))/g;

const grouped = (digits: string): string => digits.replace(GROUP, ",");

const withSign = (value: Decimal, digits: number, isSigned: boolean): string => {
  const [whole = "0", fraction] = value.abs().toFixed(digits).split(".");
  const text = fraction === undefined ? grouped(whole) : `${grouped(whole)}.${fraction}`;
  // What rounds to nothing has no sign.
  if (Number(`${whole}.${fraction ?? 0}`) === 0) return text;
  if (value.isNegative()) return `${MINUS}${text}`;
  return isSigned ? `+${text}` : text;
};

type AmountFormat = { readonly digits?: number; readonly isSigned?: boolean };

/** A decimal string for readers: grouped, rounded half up to `digits` (2), with a true minus sign. */
export const formatAmount = (value: string | null, { digits = 2, isSigned = false }: AmountFormat = {}): string =>
  value === null ? UNKNOWN : withSign(new Decimal(value), digits, isSigned);

/** A bound that somebody may go up to: cut off at two decimals, so that it is never more than the bound. */
export const formatAtMost = (bound: string): string => {
  const value = new Decimal(bound);
  return withSign(value.toDecimalPlaces(2, Decimal.ROUND_DOWN), 2, false);
};

/** A price or quantity with the digits that it has, at most eight after the point. */
export const formatExact = (value: string | null): string => {
  if (value === null) return UNKNOWN;
  const number = new Decimal(value);
  return withSign(number, Math.min(number.decimalPlaces(), 8), false);
};

/** A price with the digits of its market's tick. */
export const formatPrice = (value: string | null, digits: number): string => formatAmount(value, { digits });

/** A fraction as percent: 0.0123 is "1.23 %". */
export const formatPercent = (fraction: number | null, { digits = 2, isSigned = false }: AmountFormat = {}): string =>
  fraction === null || !Number.isFinite(fraction)
    ? UNKNOWN
    : `${withSign(new Decimal(fraction).times(100), digits, isSigned)}\u00a0%`;

/** A ratio or score without a unit. */
export const formatRatio = (value: number | null, digits = 2): string =>
  value === null || !Number.isFinite(value) ? UNKNOWN : withSign(new Decimal(value), digits, false);

/** -1, 0 or 1: how a result is told by sign, arrow and colour. What rounds to nothing at `digits` is nothing. */
export const signOf = (value: string | number | null, digits = 2): -1 | 0 | 1 => {
  if (value === null) return 0;
  const number = new Decimal(value).toDecimalPlaces(digits);
  if (number.isZero() || number.isNaN()) return 0;
  return number.isNegative() ? -1 : 1;
};
