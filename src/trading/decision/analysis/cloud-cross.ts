import type { IchimokuValue } from "../../market/indicators/ichimoku";

type CloudPosition = "above" | "inside" | "below";
export type CloudCross = "up" | "down" | "none";

export const cloudTop = (cloud: IchimokuValue): number => Math.max(cloud.spanA, cloud.spanB);
export const cloudBottom = (cloud: IchimokuValue): number => Math.min(cloud.spanA, cloud.spanB);

/** Where a close is relative to the cloud at its candle. The edges count as inside. */
const cloudPositionOf = (close: number, cloud: IchimokuValue): CloudPosition => {
  if (close > cloudTop(cloud)) return "above";
  return close < cloudBottom(cloud) ? "below" : "inside";
};

/**
 * Whether the last close completes a cross through the whole cloud: it is outside, the close before it was not on that
 * side, and the last earlier close outside was on the opposite side. A dip into the cloud and back out is no cross.
 * Null when unknown: the cloud is not warm, or every earlier close since it is warm was inside.
 */
export const findCloudCross = (
  closes: readonly number[],
  clouds: readonly (IchimokuValue | undefined)[],
): CloudCross | null => {
  const positionAt = (index: number): CloudPosition | null => {
    const close = closes[index];
    const cloud = clouds[index];
    return close === undefined || cloud === undefined ? null : cloudPositionOf(close, cloud);
  };
  const last = closes.length - 1;
  const now = positionAt(last);
  if (now === null || positionAt(last - 1) === null) return null;
  if (now === "inside") return "none";
  let index = last - 1;
  while (positionAt(index) === "inside") index -= 1;
  const origin = positionAt(index);
  if (origin === null) return null;
  if (origin === now) return "none";
  return now === "above" ? "up" : "down";
};
