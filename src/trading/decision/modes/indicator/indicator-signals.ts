import type { Candle } from "../../../market/candle";
import { contiguousTail, decisionWindow } from "../../../market/decision-window";
import { createAtr } from "../../../market/indicators/atr";
import { createDonchianChannel } from "../../../market/indicators/donchian-channel";
import { createEma } from "../../../market/indicators/ema";
import { computeLast, computeSeries, type Indicator } from "../../../market/indicators/indicator";
import { createKnownAverage } from "../../../market/indicators/known-average";
import { createRsi } from "../../../market/indicators/rsi";
import { createSupertrend, type SupertrendValue } from "../../../market/indicators/supertrend";
import type { Timeframe } from "../../../market/timeframe";

/** A fixed number of candles: recursive averages then do not depend on how many were fetched. */
export const INDICATOR_WINDOW = 300;

/** Candles since the last long outage that an entry needs: EMA50 has then forgotten how it began (0.04 % of it is left). */
export const INDICATOR_CANDLES_NEEDED = 200;

export const BREAKOUT_PERIOD = 20;
export const VOLUME_PERIOD = 20;

/** What was the case at a close: the close, and the extremes of the 20 candles before it. Null is unknown. */
type AtLevel = { readonly close: number; readonly highest: number | null; readonly lowest: number | null };

/** What the mode reads in a market at its last closed candle, the same for both sides. */
export type IndicatorSignals = {
  readonly candle: Candle;
  readonly candles: number;
  readonly ema9: number | null;
  readonly ema21: number | null;
  readonly ema50: number | null;
  readonly rsi14: number | null;
  readonly atr14: number | null;
  readonly supertrend: SupertrendValue | null;
  readonly volumeMean: number | null;
  readonly now: AtLevel;
  readonly before: AtLevel | null;
};

const lastOrNull = <Input, Output>(indicator: Indicator<Input, Output>, inputs: readonly Input[]): Output | null =>
  computeLast(indicator, inputs) ?? null;

const readLevels = (candles: readonly Candle[]): AtLevel[] => {
  const channels = computeSeries(createDonchianChannel(BREAKOUT_PERIOD), candles);
  return candles.map(({ close }, index) => ({
    close,
    highest: channels[index]?.upper ?? null,
    lowest: channels[index]?.lower ?? null,
  }));
};

type Window = { readonly timeframe: Timeframe; readonly time: number };

/** Reads closed candles only; null where none had closed. Throws RangeError for candles out of order or off the grid. */
export const readIndicatorSignals = (
  series: readonly Candle[],
  { timeframe, time }: Window,
): IndicatorSignals | null => {
  const candles = contiguousTail(decisionWindow(series, { timeframe, time, count: INDICATOR_WINDOW }), timeframe);
  const candle = candles.at(-1);
  if (candle === undefined) return null;
  const closes = candles.map(({ close }) => close);
  const volumes = candles.map(({ volume }) => volume);
  const [now, before] = readLevels(candles).slice(-2).toReversed();
  return {
    candle,
    candles: candles.length,
    ema9: lastOrNull(createEma(9), closes),
    ema21: lastOrNull(createEma(21), closes),
    ema50: lastOrNull(createEma(50), closes),
    rsi14: lastOrNull(createRsi(14), closes),
    atr14: lastOrNull(createAtr(14), candles),
    supertrend: lastOrNull(createSupertrend(), candles),
    volumeMean: lastOrNull(createKnownAverage(VOLUME_PERIOD), volumes),
    now: now ?? { close: candle.close, highest: null, lowest: null },
    before: before ?? null,
  };
};
