import { checkPeriod } from "./check-indicator-input";
import { createEma } from "./ema";
import type { Indicator } from "./indicator";

/** In price units: line = fast EMA - slow EMA, signal = EMA of the line, histogram = line - signal. */
export type MacdValue = { readonly line: number; readonly signal: number; readonly histogram: number };

export type MacdPeriods = { readonly fast: number; readonly slow: number; readonly signal: number };

const STANDARD_PERIODS: MacdPeriods = { fast: 12, slow: 26, signal: 9 };

/** Appel's MACD of closes, seeded as in TA-Lib. Lookback slow + signal - 2, so 33 for 12/26/9. */
export const createMacd = (periods: MacdPeriods = STANDARD_PERIODS): Indicator<number, MacdValue> => {
  checkPeriod("MACD's signal", periods.signal);
  if (!(periods.fast < periods.slow)) {
    throw new RangeError(`MACD's fast period must be below its slow one, was ${periods.fast} and ${periods.slow}`);
  }
  const fastEma = createEma(periods.fast);
  const slowEma = createEma(periods.slow);
  const signalEma = createEma(periods.signal);
  // TA-Lib starts the fast EMA late, so that both EMAs become valid at the same bar.
  let skipped = periods.slow - periods.fast;
  return {
    next(close) {
      const slow = slowEma.next(close);
      if (skipped > 0) {
        skipped -= 1;
        return undefined;
      }
      const fast = fastEma.next(close);
      if (fast === undefined || slow === undefined) return undefined;
      const line = fast - slow;
      const signal = signalEma.next(line);
      return signal === undefined ? undefined : { line, signal, histogram: line - signal };
    },
  };
};
