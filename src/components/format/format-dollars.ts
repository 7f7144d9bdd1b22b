import { Decimal } from "decimal.js";
import { formatAmount } from "./format-amount";

/** Digits that say something of a sum that is below a dollar, and how many there are after the point at most. */
const SAYING_DIGITS = 4;
const DIGITS_MAX = 10;

/** Dollars for readers: two digits from a dollar on, below it four that say something. "$0.0001235". */
export const formatDollars = (amount: string | null): string => {
  if (amount === null) return formatAmount(null);
  const value = new Decimal(amount);
  const small = value.isZero() || value.abs().gte(1) ? 2 : SAYING_DIGITS - 1 - value.e;
  return `$${formatAmount(amount, { digits: Math.max(2, Math.min(small, DIGITS_MAX)) })}`;
};
