import type { HeldPosition } from "../cycle/bot-state";
import { isControl } from "../decision/is-control";
import { firstFrom } from "../market/first-from";
import { priceToMoney } from "../money";
import { isFunded, nextFundingOf } from "../settlement/funding";
import { quietBounds } from "../settlement/quiet-bounds";
import { unrealizedPnl } from "../portfolio/position";
import { profitUnits, toUnits } from "./exact-units";
import type { ReadableMarket } from "./readable-market";

/** A position that is followed over its market's finest candles as long as none of them touches it. */
export type QuietTrack = {
  readonly position: HeldPosition;
  readonly market: ReadableMarket;
  readonly opens: Float64Array;
  readonly highs: Float64Array;
  readonly lows: Float64Array;
  readonly prices: Float64Array;
  /** Inside of these nothing happens, to candles that open before `until` (ms). */
  readonly low: number;
  readonly high: number;
  readonly until: number;
  readonly entry: number;
  readonly priceFactor: number;
  readonly profitFactor: number;
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
  const { openTimes, highs, lows, wholeCloses } = market.finest();
  const units = wholeCloses && profitUnits(position, wholeCloses.decimals);
  if (units === null || wholeCloses === null) return null;
  const { low, high, until } = quietBounds(position);
  const funded = isFunded(position, undefined) ? nextFundingOf(position, settledThrough) : Number.POSITIVE_INFINITY;
  const firstProfit = toUnits(unrealizedPnl(position));
  if (firstProfit === null) return null;
  const from = firstFrom(openTimes, settledThrough);
  return {
    position,
    market,
    opens: openTimes,
    highs,
    lows,
    prices: wholeCloses.prices,
    low,
    high,
    // A candle that closes after a payment is due settles it.
    until: Math.min(until, funded - step + 1),
    ...units,
    firstProfit,
    from,
    next: from,
    tried: from,
  };
};

/** Whether all candles up to those that open before `through` (ms) are quiet; `tried` is then the first after them. */
export const tryThrough = (track: QuietTrack, through: number): boolean => {
  const { opens, highs, lows, low, high, until } = track;
  let index = track.next;
  while (index < opens.length && (opens[index] as number) < through) {
    const isQuiet =
      (lows[index] as number) > low && (highs[index] as number) < high && (opens[index] as number) < until;
    if (!isQuiet) return false;
    index += 1;
  }
  track.tried = index;
  return true;
};

/** Its profit in units at the mark of the last candle that was tried. */
export const triedProfit = ({ tried, from, prices, entry, priceFactor, profitFactor, firstProfit }: QuietTrack): number =>
  tried === from ? firstProfit : ((prices[tried - 1] as number) * priceFactor - entry) * profitFactor;

/** The position as it is settled through the candles that were passed. */
export const settledOf = ({ position, market, opens, from, next }: QuietTrack, step: number): HeldPosition => {
  if (next === from) return position;
  const markedAt = (opens[next - 1] as number) + step;
  const mark = priceToMoney(market.finest().closes[next - 1] as number);
  return { ...position, settledThrough: markedAt, mark, markedAt };
};
