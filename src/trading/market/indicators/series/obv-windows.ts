import { meanOf } from "../window-statistics";
import type { CandleColumns } from "./candle-columns";
import type { CandleSteps } from "./candle-steps";
import type { CandleWindows } from "./candle-windows";

/** The total of each window and the mean of its last totals; NaN where unknown. */
export type ObvWindows = { readonly totals: Float64Array; readonly means: Float64Array };

type Volumes = Pick<CandleColumns, "knownVolumes"> & Pick<CandleSteps, "signedVolumes">;

/**
 * On-balance volume at the last candle of each window, and its SMA: bit for bit what createObv answers that is fed the
 * window's candles, and the known average of its answers. It starts at 0 after an unknown volume.
 */
export const obvWindows = (volumes: Volumes, windows: CandleWindows, period: number): ObvWindows => {
  const { knownVolumes, signedVolumes } = volumes;
  const { count, firsts, lasts } = windows;
  const totals = new Float64Array(count).fill(Number.NaN);
  const means = new Float64Array(count).fill(Number.NaN);
  const recent = new Float64Array(period);
  for (let at = 0; at < count; at += 1) {
    const last = lasts[at] as number;
    const start = Math.max(firsts[at] as number, last + 1 - (knownVolumes[last] ?? 0));
    if (start > last) continue;
    const recentFrom = last - period + 1;
    let total = 0;
    let index = start + 1;
    for (; index < recentFrom; index += 1) total += signedVolumes[index] as number;
    if (start >= recentFrom) recent[start - recentFrom] = 0;
    for (; index <= last; index += 1) {
      total += signedVolumes[index] as number;
      recent[index - recentFrom] = total;
    }
    totals[at] = total;
    if (start <= recentFrom) means[at] = meanOf(recent);
  }
  return { totals, means };
};
