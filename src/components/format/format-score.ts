import { Decimal } from "decimal.js";
import { formatAmount, UNKNOWN } from "./format-amount";

const DIGITS_MIN = 2;
const DIGITS_MAX = 4;

/** A score, weight or contribution with all the digits that it is kept with (two to four), so that sums can be checked. */
export const formatScore = (value: number | null, isSigned = false): string => {
  if (value === null || !Number.isFinite(value)) return UNKNOWN;
  const score = new Decimal(value).toDecimalPlaces(DIGITS_MAX);
  return formatAmount(score.toFixed(), { digits: Math.max(DIGITS_MIN, score.decimalPlaces()), isSigned });
};
