import { decimal, type DecimalInput } from "./money";

/** A fraction in words: 0.25 is "25 %". At most two digits after the point, none that is zero. */
export const formatPercent = (fraction: DecimalInput): string =>
  `${decimal(fraction).times(100).toDecimalPlaces(2).toFixed()} %`;
