import type { Candle } from "../candle";
import { createAtr } from "./atr";
import { checkFinite, checkMultiple, checkPeriod } from "./check-indicator-input";
import type { Indicator } from "./indicator";
import { createRollingWindow } from "./rolling-window";

/** Open: price has not come back. Touched: it traded into the gap. Filled: it traded through all of it. */
type GapState = "open" | "touched" | "filled";

/**
 * Prices that an impulse candle skipped. `low`, `high` and `middle` are prices; `openTime` (ms UTC) is the candle that
 * completed the gap and `age` counts the closed candles since.
 */
export type FairValueGap = {
  readonly side: "bullish" | "bearish";
  readonly openTime: number;
  readonly low: number;
  readonly high: number;
  readonly middle: number;
  readonly age: number;
  readonly state: GapState;
};

/** `gapMin` is a fraction of the impulse's close, `bodyMin` is in ATRs, `ageMax` in candles. */
export type GapSettings = {
  readonly gapMin: number;
  readonly bodyMin: number;
  readonly ageMax: number;
  readonly atrPeriod: number;
};

const STANDARD_SETTINGS: GapSettings = { gapMin: 0.001, bodyMin: 1.5, ageMax: 50, atrPeriod: 14 };

/** A closed candle with the ATR before it, against which its body is measured: an impulse does not measure itself. */
type Bar = { readonly candle: Candle; readonly atrBefore: number | undefined };

/**
 * Fair value gaps (three candles, the middle one an impulse) that are at most `ageMax` candles old, newest first, each
 * with what price has done to it in all candles since. Bullish: the third low is above the first high; bearish: the
 * third high is below the first low. Lookback atrPeriod + 2, so 16: the first gap's impulse needs an ATR before it.
 */
export const createFairValueGaps = (
  settings: GapSettings = STANDARD_SETTINGS,
): Indicator<Candle, readonly FairValueGap[]> => {
  checkMultiple("the least gap", settings.gapMin);
  checkMultiple("the least impulse", settings.bodyMin);
  checkPeriod("a gap's greatest age", settings.ageMax);
  const atr = createAtr(settings.atrPeriod);
  const window = createRollingWindow<Bar>(3);
  let atrBefore: number | undefined;
  let gaps: readonly FairValueGap[] = [];
  return {
    next(candle) {
      checkFinite(candle.open);
      const bars = window.push({ candle, atrBefore });
      atrBefore = atr.next(candle);
      const impulseAtr = bars?.[1]?.atrBefore;
      if (bars === undefined || impulseAtr === undefined) return undefined;
      const found = findGap(bars, impulseAtr, settings);
      const aged = gaps.map((gap) => ageGap(gap, candle)).filter((gap) => gap.age <= settings.ageMax);
      gaps = found === null ? aged : [found, ...aged];
      return gaps;
    },
  };
};

const findGap = (bars: readonly Bar[], atr: number, settings: GapSettings): FairValueGap | null => {
  const [previous, impulse, next] = bars.map((bar) => bar.candle);
  if (previous === undefined || impulse === undefined || next === undefined) return null;
  // Candles that an outage cut out would look like prices that were skipped.
  if (next.openTime - impulse.openTime !== impulse.openTime - previous.openTime) return null;
  const body = impulse.close - impulse.open;
  if (Math.abs(body) < settings.bodyMin * atr) return null;
  const isBullish = body > 0;
  const low = isBullish ? previous.high : next.high;
  const high = isBullish ? next.low : previous.low;
  if (high - low < settings.gapMin * impulse.close) return null;
  const side = isBullish ? "bullish" : "bearish";
  return { side, openTime: next.openTime, low, high, middle: (low + high) / 2, age: 0, state: "open" };
};

/** The gap after one more candle. Price comes back into a bullish gap from above, into a bearish one from below. */
const ageGap = (gap: FairValueGap, { high, low }: Candle): FairValueGap => {
  const isBullish = gap.side === "bullish";
  const isFilled = isBullish ? low <= gap.low : high >= gap.high;
  const isTouched = isBullish ? low < gap.high : high > gap.low;
  const age = gap.age + 1;
  if (isFilled || gap.state === "filled") return { ...gap, age, state: "filled" };
  return { ...gap, age, state: isTouched ? "touched" : gap.state };
};
