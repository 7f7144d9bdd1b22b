export const DECISION_TIMEFRAME = "5m";
export const INTERVAL_MS = 300_000;
/** From the start of a measured interval to its close: slots are planned 90 seconds ahead, so most of it is planned late. */
const LEAD_MS = 60_000;

/** Times in ms of wall time after the market began to run. */
export type ScalePlan = {
  /** Nothing is measured before. */
  readonly warmUpMs: number;
  /** From the market's start to the first measured close. */
  readonly firstCloseMs: number;
  readonly closes: number;
  readonly endMs: number;
};

/** Whole intervals are measured, each with one close a minute after its begin; what is left of the minutes warms up. */
export const planCloses = (minutes: number): ScalePlan => {
  const endMs = minutes * 60_000;
  const closes = Math.floor(endMs / INTERVAL_MS);
  const warmUpMs = endMs - closes * INTERVAL_MS;
  return { warmUpMs, firstCloseMs: warmUpMs + LEAD_MS, closes, endMs };
};
