import type { CandleChart } from "~/contracts/chart-view";

type Range = { readonly from: number; readonly to: number };
type Prices = { readonly minValue: number; readonly maxValue: number };

/** How many candles fell off the left since they had `firstTimes` (seconds): charts number bars from the left. */
export const slidBy = (candles: CandleChart["candles"], firstTimes: readonly number[]): number => {
  const first = candles[0]?.time;
  const index = first === undefined ? -1 : firstTimes.indexOf(first);
  return Math.max(0, index);
};

/** Bars in view after the candles slid; null: the reader looks at the newest, and the view follows. */
export const keptRange = ({ from, to }: Range, bars: number, slid: number): Range | null =>
  to >= bars - 1 ? null : { from: from - slid, to: to - slid };

/** Bars in view moved as little as needed to show a bar; null: it is in view. */
export const rangeWith = ({ from, to }: Range, bar: number): Range | null => {
  if (bar >= from && bar <= to) return null;
  const shift = bar < from ? bar - 1 - from : bar + 1 - to;
  return { from: from + shift, to: to + shift };
};

/** Prices in view, widened to levels at most one height of the view away: a far stop must not flatten candles. */
export const widenedPrices = ({ minValue, maxValue }: Prices, levels: readonly number[]): Prices => {
  const height = maxValue - minValue;
  const near = levels.filter((level) => level >= minValue - height && level <= maxValue + height);
  return { minValue: Math.min(minValue, ...near), maxValue: Math.max(maxValue, ...near) };
};
