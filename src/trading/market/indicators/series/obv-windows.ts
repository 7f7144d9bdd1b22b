import { meanOf } from "../window-statistics";
import type { CandleColumns } from "./candle-columns";
import type { CandleSteps } from "./candle-steps";
import type { CandleWindows } from "./candle-windows";

/** The total of each window and the mean of its last totals; NaN where unknown. */
export type ObvWindows = { readonly totals: Float64Array; readonly means: Float64Array };

type Volumes = Pick<CandleColumns, "knownVolumes"> & Pick<CandleSteps, "signedVolumes">;

/** The total of one window and the mean of its last totals, NaN where unknown. */
export type ObvAt = { readonly total: number; readonly mean: number };

const UNKNOWN: ObvAt = { total: Number.NaN, mean: Number.NaN };

/**
 * Reads one window, by the indices of its first and last candle: bit for bit what createObv answers that is fed the
 * window's candles, and the known average of its answers. It starts at 0 after an unknown volume.
 */
export const createObvReader = (
  { knownVolumes, signedVolumes }: Volumes,
  period: number,
): ((first: number, last: number) => ObvAt) => {
  const recent = new Float64Array(period);
  return (first, last) => {
    const start = Math.max(first, last + 1 - (knownVolumes[last] ?? 0));
    if (start > last) return UNKNOWN;
    const recentFrom = last - period + 1;
    let total = 0;
    let index = start + 1;
    for (; index < recentFrom; index += 1) total += signedVolumes[index] as number;
    if (start >= recentFrom) recent[start - recentFrom] = 0;
    for (; index <= last; index += 1) {
      total += signedVolumes[index] as number;
      recent[index - recentFrom] = total;
    }
    return { total, mean: start <= recentFrom ? meanOf(recent) : Number.NaN };
  };
};

/** On-balance volume at the last candle of each window, and its SMA. */
export const obvWindows = (volumes: Volumes, windows: CandleWindows, period: number): ObvWindows => {
  const { count, firsts, lasts } = windows;
  const totals = new Float64Array(count);
  const means = new Float64Array(count);
  const read = createObvReader(volumes, period);
  for (let at = 0; at < count; at += 1) {
    const { total, mean } = read(firsts[at] as number, lasts[at] as number);
    totals[at] = total;
    means[at] = mean;
  }
  return { totals, means };
};
