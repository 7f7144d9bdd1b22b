import type { IchimokuValue } from "../../market/indicators/ichimoku";

type CloudPosition = "above" | "inside" | "below";
export type CloudCross = "up" | "down" | "none";

export const cloudTop = (cloud: IchimokuValue): number => Math.max(cloud.spanA, cloud.spanB);
export const cloudBottom = (cloud: IchimokuValue): number => Math.min(cloud.spanA, cloud.spanB);

/** Where a close stands to the cloud over its candle; its edges belong to the inside. */
const cloudPositionOf = (close: number, cloud: IchimokuValue): CloudPosition => {
  if (close > cloudTop(cloud)) return "above";
  return close < cloudBottom(cloud) ? "below" : "inside";
};

/**
 * Whether the last close came out on the other side of the whole cloud: it is outside, the close before it was not on
 * that side, and the last time the close was outside it was on the far side. Coming back out of a dip into the cloud is
 * no cross. Null when it cannot be known: the cloud is not warm, or the close has been inside since it is.
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
