import { priceToMoney, sumOf } from "../money";
import type { Candle } from "./candle";
import { floorToGrid, timeframeMs, type Timeframe } from "./timeframe";

/**
 * From which timeframe to which longer one to aggregate. `gridOffsetMs` shifts the longer grid: a grid of days
 * in UTC+8 has an offset of 8 hours (its days open at 16:00Z). Default 0, the UTC grid.
 */
export type Aggregation = { readonly from: Timeframe; readonly to: Timeframe; readonly gridOffsetMs?: number };

/** Whether whole candles of `from` fill each candle of `to`: 5m fills 1h, but 2h does not fill 3h, and 5m not 3m. */
export const canAggregate = ({ from, to, gridOffsetMs = 0 }: Aggregation): boolean =>
  timeframeMs(to) % timeframeMs(from) === 0 && gridOffsetMs % timeframeMs(from) === 0;

/**
 * Candles of a longer timeframe: open of the first part, highest high, lowest low, close of the last part, and the
 * sum of volumes, unknown (null) when any part is unknown. A candle exists when at least one part does, so the
 * first and last may be incomplete: closedCandles() drops a last one that has not closed.
 *
 * Volumes are added as decimals, so 5m -> 1h -> 4h equals 5m -> 4h while sums keep to 15 significant digits.
 * Throws RangeError when the lengths do not fit or `candles` is not strictly ascending.
 */
export const aggregateCandles = (candles: readonly Candle[], aggregation: Aggregation): Candle[] => {
  const { from, to, gridOffsetMs = 0 } = aggregation;
  if (!canAggregate(aggregation)) {
    throw new RangeError(`cannot build ${to} candles (grid offset ${gridOffsetMs} ms) from ${from} candles`);
  }
  const length = timeframeMs(to);
  const merged: Candle[] = [];
  let previous = Number.NEGATIVE_INFINITY;
  let first = 0;
  let closesAt = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < candles.length; index += 1) {
    const { openTime } = candles[index] as Candle;
    if (openTime <= previous) throw new RangeError(`candles must ascend: ${openTime} came after ${previous}`);
    previous = openTime;
    if (openTime < closesAt) continue;
    if (index > first) merged.push(mergeParts(closesAt - length, candles, { from: first, to: index }));
    first = index;
    closesAt = floorToGrid(openTime + gridOffsetMs, length) - gridOffsetMs + length;
  }
  if (candles.length > first) {
    merged.push(mergeParts(closesAt - length, candles, { from: first, to: candles.length }));
  }
  return merged;
};

/** The candles from one index up to another. */
type Parts = { readonly from: number; readonly to: number };

const mergeParts = (openTime: number, candles: readonly Candle[], parts: Parts): Candle => {
  const first = candles[parts.from] as Candle;
  let { high, low } = first;
  for (let index = parts.from + 1; index < parts.to; index += 1) {
    const part = candles[index] as Candle;
    high = Math.max(high, part.high);
    low = Math.min(low, part.low);
  }
  const { close } = candles[parts.to - 1] as Candle;
  return { openTime, open: first.open, high, low, close, volume: sumParts(candles, parts) };
};

/** Decimal places that volumes are tried with as whole numbers. */
const SCALES = [1, 1e2, 1e4, 1e6, 1e8];
/** 15 digits: a double tells all decimals of so many apart, and holds their sums exactly. */
const EXACT_MAX = 1e15;

/**
 * The sum of volumes by whole numbers of their last decimal place; null where they have more digits than that holds. The
 * one division at the end is rounded once, so that it gives the double that is nearest to the decimal sum.
 */
const sumExactly = (candles: readonly Candle[], scale: number, { from, to }: Parts): number | null => {
  let total = 0;
  for (let index = from; index < to; index += 1) {
    const { volume } = candles[index] as Candle;
    const whole = Math.round((volume ?? 0) * scale);
    if (whole >= EXACT_MAX || whole / scale !== volume) return null;
    total += whole;
  }
  return total < EXACT_MAX ? total / scale : null;
};

const sumParts = (candles: readonly Candle[], parts: Parts): number | null => {
  for (let index = parts.from; index < parts.to; index += 1) {
    if ((candles[index] as Candle).volume === null) return null;
  }
  for (let index = 0; index < SCALES.length; index += 1) {
    const exact = sumExactly(candles, SCALES[index] as number, parts);
    if (exact !== null) return exact;
  }
  return sumOf(candles.slice(parts.from, parts.to).map(({ volume }) => priceToMoney(volume ?? 0))).toNumber();
};

/** The base volume of all candles together; null when the volume of any of them is unknown. */
export const sumVolumes = (candles: readonly Candle[]): number | null =>
  sumParts(candles, { from: 0, to: candles.length });
