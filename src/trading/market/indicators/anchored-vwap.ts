import type { Candle } from "../candle";
import { dayStartOf } from "../day-start";
import { HOUR_MS } from "../duration";
import { checkFinite, checkPeriod } from "./check-indicator-input";
import type { Indicator } from "./indicator";
import { checkHighLowClose } from "./true-range";

/** The sums since an anchor. `base` is taken off each price, so that equal prices give exactly that price. */
type Sums = { readonly base: number; value: number; volume: number | null };

/**
 * VWAP of the typical price (high + low + close) / 3, in price units, from an anchor on: the first candle that opens at
 * or after `anchorOf(openTime)`, ms UTC. Undefined before the anchor, where the candles begin after it, from an unknown
 * volume until the next anchor, and while all volumes are 0.
 */
export const createAnchoredVwap = (anchorOf: (openTime: number) => number): Indicator<Candle, number> => {
  let firstOpen: number | undefined;
  let anchor = Number.NaN;
  let sums: Sums | undefined;
  return {
    next(candle) {
      checkHighLowClose(candle);
      firstOpen ??= candle.openTime;
      const currentAnchor = anchorOf(candle.openTime);
      if (currentAnchor !== anchor) sums = undefined;
      anchor = currentAnchor;
      if (candle.openTime < anchor || firstOpen > anchor) return undefined;
      const price = (candle.high + candle.low + candle.close) / 3;
      sums ??= { base: price, value: 0, volume: 0 };
      return addTraded(sums, price, candle.volume);
    },
  };
};

/** The weighted price with this candle; undefined where it is unknown. */
const addTraded = (sums: Sums, price: number, volume: number | null): number | undefined => {
  if (volume !== null) checkFinite(volume);
  if (volume === null || sums.volume === null) {
    sums.volume = null;
    return undefined;
  }
  sums.value += (price - sums.base) * volume;
  sums.volume += volume;
  return sums.volume > 0 ? sums.base + sums.value / sums.volume : undefined;
};

/**
 * VWAP per session: it starts anew every `hours` from UTC midnight on, and at each UTC midnight. Undefined until the
 * first session that begins within the candles, so the lookback is below one session.
 */
export const createSessionVwap = (hours = 24): Indicator<Candle, number> => {
  checkPeriod("the VWAP's session", hours);
  const length = hours * HOUR_MS;
  return createAnchoredVwap((openTime) => {
    const midnight = dayStartOf(openTime);
    return midnight + Math.floor((openTime - midnight) / length) * length;
  });
};
