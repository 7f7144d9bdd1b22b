import { Decimal } from "decimal.js";

export const SHOWN_DIGITS = 2;

/** A cost as it enters a sum: with the other sign. */
export const negated = (amount: string): string => new Decimal(amount).negated().toFixed();

/** As many digits as the finest amount has, two at least: the amounts shown add up to the total shown. */
export const digitsOfSum = (amounts: readonly string[]): number =>
  Math.max(SHOWN_DIGITS, ...amounts.map((amount) => new Decimal(amount).decimalPlaces()));
