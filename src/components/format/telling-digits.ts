import { Decimal } from "decimal.js";

/** So many digits that what is not nothing is not told as 0.00: `digits`, or more where only they say something. */
export const tellingDigits = (value: string, digits: number): number => {
  const number = new Decimal(value);
  return number.isZero() || !number.toDecimalPlaces(digits).isZero() ? digits : 1 - number.e;
};
