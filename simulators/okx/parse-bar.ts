import { canAggregate, type Aggregation } from "~/trading/market/aggregate-candles";
import type { Timeframe } from "~/trading/market/timeframe";

const UTC8_OFFSET_MS = 8 * 3_600_000;

const BARS: Readonly<Record<string, { readonly to: Timeframe; readonly gridOffsetMs: number }>> = {
  "1m": { to: "1m", gridOffsetMs: 0 },
  "3m": { to: "3m", gridOffsetMs: 0 },
  "5m": { to: "5m", gridOffsetMs: 0 },
  "15m": { to: "15m", gridOffsetMs: 0 },
  "30m": { to: "30m", gridOffsetMs: 0 },
  "1H": { to: "1h", gridOffsetMs: 0 },
  "2H": { to: "2h", gridOffsetMs: 0 },
  "4H": { to: "4h", gridOffsetMs: 0 },
  // Long bars open in UTC+8, as on the venue, unless "utc" is asked for.
  "6H": { to: "6h", gridOffsetMs: UTC8_OFFSET_MS },
  "12H": { to: "12h", gridOffsetMs: UTC8_OFFSET_MS },
  "1D": { to: "1d", gridOffsetMs: UTC8_OFFSET_MS },
  "6Hutc": { to: "6h", gridOffsetMs: 0 },
  "12Hutc": { to: "12h", gridOffsetMs: 0 },
  "1Dutc": { to: "1d", gridOffsetMs: 0 },
};

/** How to build an OKX `bar` from the recorded timeframe; null for an unknown bar or one finer than the recording. */
export const parseBar = (bar: string, finest: Timeframe): Required<Aggregation> | null => {
  const wanted = Object.hasOwn(BARS, bar) ? BARS[bar] : undefined;
  if (wanted === undefined) return null;
  const aggregation = { from: finest, ...wanted };
  return canAggregate(aggregation) ? aggregation : null;
};
