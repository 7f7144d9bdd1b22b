/** With fewer closed trades, or days, a ratio says nothing. */
export const RATIO_TRADES_MIN = 30;
export const RATIO_DAYS_MIN = 30;
