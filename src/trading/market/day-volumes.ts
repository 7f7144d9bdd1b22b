import type { Candle } from "./candle";
import { decimal, priceToMoney, ZERO, type Decimal } from "../money";

/** What a market's candles traded together; `unknown` counts those whose volume nobody recorded. */
export type DayVolumes = { readonly base: Decimal; readonly quote: Decimal; readonly unknown: number };

const NOTHING: DayVolumes = { base: ZERO, quote: ZERO, unknown: 0 };

const withCandles = (sums: DayVolumes, candles: readonly Candle[], sign: 1 | -1): DayVolumes => {
  let { base, quote, unknown } = sums;
  for (const { volume, close } of candles) {
    if (volume === null) {
      unknown += sign;
      continue;
    }
    const traded = priceToMoney(volume).times(sign);
    base = base.plus(traded);
    quote = quote.plus(traded.times(decimal(close)));
  }
  return { base, quote, unknown };
};

const spanOf = (candles: readonly Candle[]): { readonly first: number; readonly last: number } => ({
  first: candles[0]?.openTime ?? Infinity,
  last: candles.at(-1)?.openTime ?? -Infinity,
});

/**
 * Sums the last day of one market's candles, ascending by open time. A ticker is asked for again and again while the
 * day moves on by a few candles: those that left and those that came are all that is summed then.
 */
export const createDayVolumes = (): ((day: readonly Candle[]) => DayVolumes) => {
  let summed: readonly Candle[] = [];
  let sums = NOTHING;
  const moveTo = (day: readonly Candle[]): DayVolumes => {
    const [before, now] = [spanOf(summed), spanOf(day)];
    const hasMovedOn = now.first >= before.first && now.last >= before.last && now.first <= before.last;
    if (!hasMovedOn) return withCandles(NOTHING, day, 1);
    const left = summed.filter(({ openTime }) => openTime < now.first);
    const came = day.filter(({ openTime }) => openTime > before.last);
    return withCandles(withCandles(sums, left, -1), came, 1);
  };
  return (day) => {
    sums = moveTo(day);
    summed = day;
    return sums;
  };
};
