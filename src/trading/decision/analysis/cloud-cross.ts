import type { IchimokuValue } from "../../market/indicators/ichimoku";
import { toLineSides, type LineSides } from "../../market/indicators/series/line-sides";

export type CloudCross = "up" | "down" | "none";

type Spans = Pick<IchimokuValue, "spanA" | "spanB">;

export const cloudTop = ({ spanA, spanB }: Spans): number => Math.max(spanA, spanB);
export const cloudBottom = ({ spanA, spanB }: Spans): number => Math.min(spanA, spanB);

/** Where a close is relative to the cloud at its candle: 1 above, -1 below. The edges count as inside, 0. */
const cloudSideOf = (close: number, spanA: number, spanB: number): 1 | -1 | 0 => {
  if (close > Math.max(spanA, spanB)) return 1;
  return close < Math.min(spanA, spanB) ? -1 : 0;
};

/** Where each close is relative to the cloud at its candle. */
export const toCloudSides = (
  closes: ArrayLike<number>,
  { spanA, spanB }: Readonly<Record<"spanA" | "spanB", ArrayLike<number>>>,
): LineSides => {
  const sides = new Int8Array(closes.length);
  for (let index = 0; index < closes.length; index += 1) {
    sides[index] = cloudSideOf(closes[index] as number, spanA[index] as number, spanB[index] as number);
  }
  return toLineSides(sides);
};

/**
 * Whether the last close completes a cross through the whole cloud: it is outside, the close before it was not on that
 * side, and the last earlier close outside was on the opposite side. A dip into the cloud and back out is no cross.
 * Null when unknown: the cloud is not warm, or every earlier close since it is warm was inside. `warm` is the index of
 * the first candle whose cloud may be read.
 */
export const cloudCrossAt = (
  { sides, lastAbove, lastBelow }: LineSides,
  { last, warm }: { readonly last: number; readonly warm: number },
): CloudCross | null => {
  if (last - 1 < warm) return null;
  const now = sides[last] ?? 0;
  if (now === 0) return "none";
  const origin = Math.max(lastAbove[last - 1] ?? -1, lastBelow[last - 1] ?? -1);
  if (origin < warm) return null;
  if (sides[origin] === now) return "none";
  return now > 0 ? "up" : "down";
};
