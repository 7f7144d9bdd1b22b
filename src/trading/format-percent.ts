import { decimal, type DecimalInput } from "./money";

/** A fraction as percent: 0.25 is "25 %". At most two decimals, no trailing zeros. */
export const formatPercent = (fraction: DecimalInput): string =>
  `${decimal(fraction).times(100).toDecimalPlaces(2).toFixed()} %`;
