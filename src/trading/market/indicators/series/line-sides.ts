/**
 * Where candles stand to a line: 1 above it, -1 below it, 0 on it or where it is not known; and up to each candle the
 * index of the last one above and of the last one below, -1 without one.
 */
export type LineSides = {
  readonly sides: Int8Array;
  readonly lastAbove: Int32Array;
  readonly lastBelow: Int32Array;
};

export const toLineSides = (sides: Int8Array): LineSides => {
  const lastAbove = new Int32Array(sides.length);
  const lastBelow = new Int32Array(sides.length);
  let above = -1;
  let below = -1;
  for (let index = 0; index < sides.length; index += 1) {
    const side = sides[index] as number;
    if (side > 0) above = index;
    if (side < 0) below = index;
    lastAbove[index] = above;
    lastBelow[index] = below;
  }
  return { sides, lastAbove, lastBelow };
};
