import { z } from "zod";
import { TIMEFRAMES } from "../../../market/timeframe";

/** The control's settings. Its candle only says when it may buy; it reads nothing in the market. */
export const holdSettingsSchema = z.strictObject({
  timeframe: z.enum(TIMEFRAMES).default("1h"),
  /** Share of equity that is invested, over all pairs: what is left pays the fees. */
  investedFraction: z.number().gt(0).max(1).default(0.98),
  /** Below the widest stop that the gate allows (25 %), so that slippage does not push it over. */
  stopLossFraction: z.number().gt(0).lt(0.25).default(0.24),
});

export type HoldSettings = z.infer<typeof holdSettingsSchema>;
