import type { Candle } from "../../../market/candle";
import { contiguousTail } from "../../../market/decision-window";
import type { Timeframe } from "../../../market/timeframe";

/** A fixed number of candles, so that recursive averages do not depend on how many were fetched. */
export const TRINITY_WINDOW = 300;
export const TRINITY_CONFIRM_WINDOW = 120;

const SMA_LONGEST = 200;

/**
 * How many closed decision candles since the last long outage an entry needs: those of SMA200. All other indicators
 * need fewer (bandwidth median 139, cloud and its cross 79, MACD 34), whatever the settings.
 */
export const trinityCandlesNeeded = (): number => SMA_LONGEST;

/** Whether there are enough closed candles since the last long outage for an entry. */
export const isTrinityWarm = (candles: readonly Candle[], timeframe: Timeframe): boolean =>
  contiguousTail(candles, timeframe).length >= SMA_LONGEST;
