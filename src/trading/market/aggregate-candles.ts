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
  const groups: { openTime: number; parts: Candle[] }[] = [];
  let previous = Number.NEGATIVE_INFINITY;
  for (const candle of candles) {
    if (candle.openTime <= previous) {
      throw new RangeError(`candles must ascend: ${candle.openTime} came after ${previous}`);
    }
    previous = candle.openTime;
    const openTime = floorToGrid(candle.openTime + gridOffsetMs, timeframeMs(to)) - gridOffsetMs;
    const group = groups.at(-1);
    if (group?.openTime === openTime) group.parts.push(candle);
    else groups.push({ openTime, parts: [candle] });
  }
  return groups.map(({ openTime, parts }) => mergeParts(openTime, parts));
};

const mergeParts = (openTime: number, parts: readonly Candle[]): Candle => {
  const first = parts[0];
  const last = parts.at(-1);
  if (first === undefined || last === undefined) throw new RangeError("a candle needs at least one part");
  return {
    openTime,
    open: first.open,
    high: parts.reduce((highest, part) => Math.max(highest, part.high), first.high),
    low: parts.reduce((lowest, part) => Math.min(lowest, part.low), first.low),
    close: last.close,
    volume: sumVolumes(parts),
  };
};

/** Decimal places that volumes are tried with as whole numbers. */
const SCALES = [1, 1e2, 1e4, 1e6, 1e8];
/** 15 digits: a double tells all decimals of so many apart, and holds their sums exactly. */
const EXACT_MAX = 1e15;

/**
 * The sum of volumes by whole numbers of their last decimal place; null where they have more digits than that holds. The
 * one division at the end is rounded once, so that it gives the double that is nearest to the decimal sum.
 */
const sumExactly = (candles: readonly Candle[], scale: number): number | null => {
  let total = 0;
  for (const { volume } of candles) {
    const whole = Math.round((volume ?? 0) * scale);
    if (whole >= EXACT_MAX || whole / scale !== volume) return null;
    total += whole;
  }
  return total < EXACT_MAX ? total / scale : null;
};

/** The base volume of all candles together; null when the volume of any of them is unknown. */
export const sumVolumes = (candles: readonly Candle[]): number | null => {
  const volumes = candles.map((candle) => candle.volume).filter((volume) => volume !== null);
  if (volumes.length < candles.length) return null;
  for (const scale of SCALES) {
    const exact = sumExactly(candles, scale);
    if (exact !== null) return exact;
  }
  return sumOf(volumes.map(priceToMoney)).toNumber();
};
