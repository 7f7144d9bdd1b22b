import type { Candle } from "~/trading/market/candle";

import type { DailyAnchors } from "./daily-anchors";
import type { DemoPair } from "./demo-pairs";
import { activityAt, MINUTES_PER_DAY } from "./minute-shape";
import { createSeededStream, type SeededStream } from "./seeded-stream";
import { STEPS_PER_MINUTE, walkDay } from "./walk-day";

/** 2024-01-01T00:00Z, ms: where synthetic time starts. */
export const SYNTHETIC_START = Date.UTC(2024, 0, 1);
export const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

const toTicks = (logPrice: number, { ticksPerUnit }: DemoPair): number =>
  Math.max(1, Math.round(Math.exp(logPrice) * ticksPerUnit));

/** The mean range of a calm minute, in standard deviations of its return. */
const CALM_RANGE = 1.3;

/** Volume grows with the minute's range relative to a calm minute's, and with the time of day; in whole lots. */
const lotsOf = (
  pair: DemoPair,
  minute: { readonly range: number; readonly price: number; readonly activity: number },
  noise: SeededStream,
): number => {
  const calm = minute.price * pair.minuteDeviation * CALM_RANGE;
  const value =
    pair.minuteValue * minute.activity * (0.15 + (0.85 * minute.range) / calm) * (0.6 + 0.8 * noise.uniform());
  return Math.max(1, Math.round((value / minute.price) * pair.lotsPerUnit));
};

/**
 * The 1,440 one-minute candles of day `day`: a pure function of (seed, pair, day), as the anchors are too.
 * Each opens at the close of the one before, also over midnight; prices are whole ticks, volumes whole lots.
 */
export const createDayCandles = (
  seed: number,
  pair: DemoPair,
  { day, anchors }: { readonly day: number; readonly anchors: DailyAnchors },
): Candle[] => {
  const { path } = walkDay(pair, { seed, day, opens: anchors(day), closes: anchors(day + 1) });
  const noise = createSeededStream(seed, pair.pair, "volume", day);
  const candles: Candle[] = [];
  let open = toTicks(anchors(day), pair);
  for (let minute = 0; minute < MINUTES_PER_DAY; minute += 1) {
    let [close, high, low] = [open, open, open];
    for (let step = minute * STEPS_PER_MINUTE; step < (minute + 1) * STEPS_PER_MINUTE; step += 1) {
      close = toTicks(path[step] ?? 0, pair);
      high = Math.max(high, close);
      low = Math.min(low, close);
    }
    const { ticksPerUnit, lotsPerUnit } = pair;
    const price = close / ticksPerUnit;
    const lots = lotsOf(pair, { range: (high - low) / ticksPerUnit, price, activity: activityAt(minute) }, noise);
    candles.push({
      openTime: SYNTHETIC_START + day * DAY_MS + minute * MINUTE_MS,
      open: open / ticksPerUnit,
      high: high / ticksPerUnit,
      low: low / ticksPerUnit,
      close: price,
      volume: lots / lotsPerUnit,
    });
    open = close;
  }
  return candles;
};
