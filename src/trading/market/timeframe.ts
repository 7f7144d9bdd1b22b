import { MINUTE_MS } from "./duration";

/** Candle lengths the product works with, shortest first. */
export const TIMEFRAMES = ["1m", "3m", "5m", "15m", "30m", "1h", "2h", "4h", "6h", "12h", "1d"] as const;

export type Timeframe = (typeof TIMEFRAMES)[number];

const LENGTH_MS: Record<Timeframe, number> = {
  "1m": MINUTE_MS,
  "3m": 3 * MINUTE_MS,
  "5m": 5 * MINUTE_MS,
  "15m": 15 * MINUTE_MS,
  "30m": 30 * MINUTE_MS,
  "1h": 60 * MINUTE_MS,
  "2h": 120 * MINUTE_MS,
  "4h": 240 * MINUTE_MS,
  "6h": 360 * MINUTE_MS,
  "12h": 720 * MINUTE_MS,
  "1d": 1440 * MINUTE_MS,
};

/** Length of one candle in milliseconds. */
export const timeframeMs = (timeframe: Timeframe): number => LENGTH_MS[timeframe];

/** The latest grid instant at or before `time` (ms UTC); the grid counts from the Unix epoch. */
export const floorToGrid = (time: number, lengthMs: number): number => Math.floor(time / lengthMs) * lengthMs;

export const isTimeframe = (text: string): text is Timeframe => (TIMEFRAMES as readonly string[]).includes(text);
