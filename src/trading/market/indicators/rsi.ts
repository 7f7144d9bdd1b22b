import { checkFinite, checkPeriod } from "./check-indicator-input";
import type { Indicator } from "./indicator";
import { createWilderAverage } from "./wilder-average";

const NEITHER_SIDE = 50;

/** 0..100 of an average gain and an average loss, both of 0 or more. */
export const rsiOf = (gain: number, loss: number): number =>
  gain + loss === 0 ? NEITHER_SIDE : 100 * (gain / (gain + loss));

/**
 * Wilder's relative strength index of closes, 0..100. Lookback `period`: the first change needs two closes.
 * 100 when there was no loss. 50 where nothing moved at all; TA-Lib says 0 there, which would read as oversold.
 */
export const createRsi = (period: number): Indicator<number, number> => {
  checkPeriod("RSI", period);
  const gains = createWilderAverage(period);
  const losses = createWilderAverage(period);
  let previous: number | undefined;
  return {
    next(close) {
      checkFinite(close);
      const change = previous === undefined ? undefined : close - previous;
      previous = close;
      if (change === undefined) return undefined;
      const gain = gains.next(Math.max(change, 0));
      const loss = losses.next(Math.max(-change, 0));
      if (gain === undefined || loss === undefined) return undefined;
      return rsiOf(gain, loss);
    },
  };
};
