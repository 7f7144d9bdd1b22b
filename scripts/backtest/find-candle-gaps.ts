import type { RecordedMarket } from "../../simulators/candles/candle-library";
import { timeframeMs } from "../../src/trading/market/timeframe";

const LISTED_MAX = 3;

const iso = (time: number): string => new Date(time).toISOString();

type Span = { readonly from: number; readonly to: number };

/** Where a market has no candles though it has some before and after, as one sentence; null where nothing is missing. */
export const findCandleGaps = ({ candles, pair, timeframe }: RecordedMarket, span: Span): string | null => {
  const step = timeframeMs(timeframe);
  const gaps: { readonly from: number; readonly missing: number }[] = [];
  let previous: number | null = null;
  for (const { openTime } of candles) {
    const expected = previous === null ? openTime : previous + step;
    if (openTime > expected && openTime > span.from && expected < span.to) {
      gaps.push({ from: expected, missing: (openTime - expected) / step });
    }
    previous = openTime;
  }
  if (gaps.length === 0) return null;
  const missing = gaps.reduce((sum, gap) => sum + gap.missing, 0);
  const listed = gaps.slice(0, LISTED_MAX).map((gap) => `${iso(gap.from)} (${gap.missing})`);
  const more = gaps.length > LISTED_MAX ? ` and ${gaps.length - LISTED_MAX} more gaps` : "";
  return `${pair} lacks ${missing} ${timeframe} candles, from ${listed.join(", ")}${more}: they stay gaps`;
};
