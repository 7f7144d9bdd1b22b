/** A fixed number of candles: recursive averages then do not depend on how many were fetched. */
export const TRINITY_WINDOW = 300;
export const TRINITY_CONFIRM_WINDOW = 120;

const SMA_LONGEST = 200;

/**
 * Closed decision candles since the last long outage that an entry needs: those of SMA200. Every other indicator is warm by then
 * (bandwidth median 139, cloud and its cross 79, MACD 34), whatever the settings.
 */
export const trinityCandlesNeeded = (): number => SMA_LONGEST;
