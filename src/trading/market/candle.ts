import { timeframeMs, type Timeframe } from "./timeframe";

/**
 * One OHLCV bar. `openTime` is ms UTC on the timeframe's grid; prices are quote per base; `volume` is in base
 * currency, null where the source does not know it. All are doubles: money.ts turns a price into money.
 */
export type Candle = {
  readonly openTime: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number | null;
};

/** When the candle closes (ms UTC). Nothing may read it earlier. */
export const candleCloseTime = (candle: Candle, timeframe: Timeframe): number =>
  candle.openTime + timeframeMs(timeframe);

/** Candles that closed at or before `time`: the only ones a decision at `time` may see. */
export const closedCandles = (candles: readonly Candle[], timeframe: Timeframe, time: number): Candle[] =>
  candles.filter((candle) => candleCloseTime(candle, timeframe) <= time);
