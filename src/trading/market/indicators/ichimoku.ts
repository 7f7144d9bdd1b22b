import { checkPeriod } from "./check-indicator-input";
import type { Indicator } from "./indicator";
import { createHighest, createLowest } from "./rolling-extremes";
import { createRollingWindow } from "./rolling-window";
import { checkHighLowClose, type HighLowClose } from "./true-range";

/** Price units. `spanA` and `spanB` bound the cloud at this candle, which was computed `displacement` candles ago. */
export type IchimokuValue = {
  readonly tenkan: number;
  readonly kijun: number;
  readonly spanA: number;
  readonly spanB: number;
};

export type IchimokuPeriods = {
  readonly tenkan: number;
  readonly kijun: number;
  readonly spanB: number;
  readonly displacement: number;
};

const STANDARD_PERIODS: IchimokuPeriods = { tenkan: 9, kijun: 26, spanB: 52, displacement: 26 };

/** (highest high + lowest low) / 2 of the last `period` candles. */
const createMidRange = (period: number): Indicator<HighLowClose, number> => {
  const highest = createHighest(period);
  const lowest = createLowest(period);
  return {
    next(candle) {
      const high = highest.next(candle.high);
      const low = lowest.next(candle.low);
      return high === undefined || low === undefined ? undefined : (high + low) / 2;
    },
  };
};

/** Hosoda's Ichimoku with the current cloud. Lookback spanB + displacement - 1, so 77 for 9/26/52 and 26. */
export const createIchimoku = (periods: IchimokuPeriods = STANDARD_PERIODS): Indicator<HighLowClose, IchimokuValue> => {
  checkPeriod("Ichimoku's displacement", periods.displacement);
  const tenkanRange = createMidRange(periods.tenkan);
  const kijunRange = createMidRange(periods.kijun);
  const spanBRange = createMidRange(periods.spanB);
  const spans = createRollingWindow<{ spanA: number; spanB: number }>(periods.displacement + 1);
  return {
    next(candle) {
      checkHighLowClose(candle);
      const tenkan = tenkanRange.next(candle);
      const kijun = kijunRange.next(candle);
      const spanB = spanBRange.next(candle);
      if (tenkan === undefined || kijun === undefined || spanB === undefined) return undefined;
      const cloud = spans.push({ spanA: (tenkan + kijun) / 2, spanB })?.[0];
      return cloud && { tenkan, kijun, spanA: cloud.spanA, spanB: cloud.spanB };
    },
  };
};
