/** A fixed number of candles: recursive averages then do not depend on how many were fetched. */
export const TRINITY_WINDOW = 300;
export const TRINITY_CONFIRM_WINDOW = 120;

const SMA_LONGEST = 200;

/**
 * How many closed decision candles since the last long outage an entry needs: those of SMA200. All other indicators
 * need fewer (bandwidth median 139, cloud and its cross 79, MACD 34), whatever the settings.
 */
export const trinityCandlesNeeded = (): number => SMA_LONGEST;
