import type { Candle } from "../candle";
import { createAtr } from "./atr";
import { createEma } from "./ema";
import { computeLast } from "./indicator";
import { createMacd, type MacdValue } from "./macd";
import { createRsi } from "./rsi";

/** The indicators of a market snapshot at its last candle; null where there are too few candles. JSON-safe. */
export type SnapshotIndicators = {
  readonly ema20: number | null;
  readonly ema50: number | null;
  readonly rsi7: number | null;
  readonly rsi14: number | null;
  readonly macd: MacdValue | null;
  readonly atr3: number | null;
  readonly atr14: number | null;
};

/** `candles` are closed and ascending. EMA, MACD and ATR are in price units, RSI is 0..100. */
export const computeSnapshotIndicators = (candles: readonly Candle[]): SnapshotIndicators => {
  const closes = candles.map((candle) => candle.close);
  return {
    ema20: computeLast(createEma(20), closes) ?? null,
    ema50: computeLast(createEma(50), closes) ?? null,
    rsi7: computeLast(createRsi(7), closes) ?? null,
    rsi14: computeLast(createRsi(14), closes) ?? null,
    macd: computeLast(createMacd(), closes) ?? null,
    atr3: computeLast(createAtr(3), candles) ?? null,
    atr14: computeLast(createAtr(14), candles) ?? null,
  };
};
