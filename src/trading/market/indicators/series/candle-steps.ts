import type { CandleColumns } from "./candle-columns";

/**
 * What each candle adds to the recursive indicators, from it and the candle before; 0 at the first one. A window does
 * not read it at its own first candle.
 */
export type CandleSteps = {
  readonly trueRanges: Float64Array;
  readonly plusMoves: Float64Array;
  readonly minusMoves: Float64Array;
  readonly gains: Float64Array;
  readonly losses: Float64Array;
  /** What on-balance volume moves by. */
  readonly signedVolumes: Float64Array;
};

export const toSteps = ({ length, highs, lows, closes, volumes }: CandleColumns): CandleSteps => {
  const [trueRanges, plusMoves, minusMoves] = [
    new Float64Array(length),
    new Float64Array(length),
    new Float64Array(length),
  ];
  const [gains, losses, signedVolumes] = [new Float64Array(length), new Float64Array(length), new Float64Array(length)];
  for (let index = 1; index < length; index += 1) {
    const [high, low] = [highs[index] as number, lows[index] as number];
    const up = high - (highs[index - 1] as number);
    const down = (lows[index - 1] as number) - low;
    const closeBefore = closes[index - 1] as number;
    const change = (closes[index] as number) - closeBefore;
    trueRanges[index] = Math.max(high, closeBefore) - Math.min(low, closeBefore);
    plusMoves[index] = up > down && up > 0 ? up : 0;
    minusMoves[index] = down > up && down > 0 ? down : 0;
    gains[index] = Math.max(change, 0);
    losses[index] = Math.max(-change, 0);
    signedVolumes[index] = Math.sign(change) * (volumes[index] as number);
  }
  return { trueRanges, plusMoves, minusMoves, gains, losses, signedVolumes };
};
