import type { CandleColumns } from "./candle-columns";
import { rollingHighest, rollingLowest } from "./rolling-extremes";

/** The cloud at each candle, as of ichimoku.ts; without meaning at the first ICHIMOKU_LOOKBACK candles. */
export type IchimokuSeries = {
  readonly tenkan: Float64Array;
  readonly kijun: Float64Array;
  readonly spanA: Float64Array;
  readonly spanB: Float64Array;
};

const PERIODS = { tenkan: 9, kijun: 26, spanB: 52, displacement: 26 };

export const ICHIMOKU_LOOKBACK = PERIODS.spanB + PERIODS.displacement - 1;

const midRanges = ({ highs, lows }: CandleColumns, period: number): Float64Array => {
  const highest = rollingHighest(highs, period);
  const lowest = rollingLowest(lows, period);
  const middles = new Float64Array(highest.length);
  for (let index = 0; index < middles.length; index += 1) {
    middles[index] = ((highest[index] as number) + (lowest[index] as number)) / 2;
  }
  return middles;
};

const displace = (values: Float64Array): Float64Array => {
  const displaced = new Float64Array(values.length);
  displaced.set(
    values.subarray(0, Math.max(0, values.length - PERIODS.displacement)),
    Math.min(values.length, PERIODS.displacement),
  );
  return displaced;
};

export const ichimokuSeries = (columns: CandleColumns): IchimokuSeries => {
  const tenkan = midRanges(columns, PERIODS.tenkan);
  const kijun = midRanges(columns, PERIODS.kijun);
  return {
    tenkan,
    kijun,
    spanA: displace(tenkan.map((value, index) => (value + (kijun[index] as number)) / 2)),
    spanB: displace(midRanges(columns, PERIODS.spanB)),
  };
};
