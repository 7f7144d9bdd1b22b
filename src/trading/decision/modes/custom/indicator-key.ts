import type { IndicatorOperand } from "./rule-types";

/** The same for all operands of one indicator, whatever output or candle of it they read. */
export const indicatorKey = ({ indicator, parameters, timeframe }: IndicatorOperand): string => {
  const values = Object.entries(parameters).toSorted(([first], [second]) => (first < second ? -1 : 1));
  return [timeframe, indicator, ...values.flat()].join(" ");
};
