import type { HeldPosition } from "../cycle/bot-state";
import { isControl } from "../decision/is-control";
import type { Candle } from "../market/candle";
import { countBefore } from "../market/count-before";
import { decimal, priceToMoney } from "../money";
import { isFunded, nextFundingOf } from "../settlement/funding";
import { quietBounds } from "../settlement/quiet-bounds";
import { unrealizedPnl } from "../portfolio/position";
import { profitAt, profitUnits, toUnits, type ProfitUnits } from "./exact-units";
import type { ReadableMarket } from "./readable-market";

/** A position that is followed over its market's finest candles as long as none of them touches it. */
export type QuietTrack = {
  readonly position: HeldPosition;
  readonly market: ReadableMarket;
  /** The market's finest. */
  readonly candles: readonly Candle[];
  /** Inside of these nothing happens, to candles that open before `until` (ms). */
  readonly low: number;
  readonly high: number;
  readonly until: number;
  readonly units: ProfitUnits;
  /** Profit at the mark it began with, in units. */
  readonly firstProfit: number;
  /** The first candle that it is not settled through, and the same after the slot that is tried. */
  from: number;
  next: number;
  tried: number;
};

/** Null where it cannot be followed by numbers, or is not to be: the control's stop is released first. */
export const trackQuietly = (position: HeldPosition, market: ReadableMarket, step: number): QuietTrack | null => {
  const { openedBy, stopLoss, takeProfit, settledThrough } = position;
  if (isControl(openedBy) && (stopLoss !== null || takeProfit !== null)) return null;
  const units = profitUnits(position, decimal(market.rules.tick).decimalPlaces());
  if (units === null) return null;
  const { low, high, until } = quietBounds(position);
  const funded = isFunded(position, undefined) ? nextFundingOf(position, settledThrough) : Number.POSITIVE_INFINITY;
  const firstProfit = toUnits(unrealizedPnl(position));
  if (firstProfit === null) return null;
  const candles = market.finest;
  const from = countBefore(candles, settledThrough);
  return {
    position,
    market,
    candles,
    low,
    high,
    // A candle that closes after a payment is due settles it.
    until: Math.min(until, funded - step + 1),
    units,
    firstProfit,
    from,
    next: from,
    tried: from,
  };
};

/** Whether all candles up to those that open before `through` (ms) are quiet; `tried` is then the first after them. */
export const tryThrough = (track: QuietTrack, through: number): boolean => {
  const { candles, low, high, until } = track;
  let index = track.next;
  for (; index < candles.length; index += 1) {
    const candle = candles[index] as Candle;
    if (candle.openTime >= through) break;
    if (!(candle.low > low && candle.high < high && candle.openTime < until)) return false;
  }
  track.tried = index;
  return true;
};

/** Keeps the candles that were tried. */
export const keepTried = (tracks: readonly QuietTrack[]): void => {
  for (let index = 0; index < tracks.length; index += 1) {
    const track = tracks[index] as QuietTrack;
    track.next = track.tried;
  }
};

/** Its profit in units at the mark of the last candle that was tried; NaN where its close has too many decimals. */
export const triedProfit = ({ tried, from, candles, units, firstProfit }: QuietTrack): number =>
  tried === from ? firstProfit : profitAt(units, (candles[tried - 1] as Candle).close);

/** The position as it is settled through the candles that were passed. */
export const settledOf = ({ position, candles, from, next }: QuietTrack, step: number): HeldPosition => {
  if (next === from) return position;
  const { openTime, close } = candles[next - 1] as Candle;
  return { ...position, settledThrough: openTime + step, mark: priceToMoney(close), markedAt: openTime + step };
};
