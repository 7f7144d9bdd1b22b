import { z } from "zod";
import { TIMEFRAMES } from "../../../market/timeframe";

/** The control's settings. Its candle only says when it may buy; it reads nothing in the market. */
export const buyAndHoldSettingsSchema = z.strictObject({
  timeframe: z.enum(TIMEFRAMES).default("1h"),
  /** Share of equity that is invested, over all pairs; of all of it, the last pair's share bears the fees. */
  investedFraction: z.number().gt(0).max(1).default(1),
});

export type BuyAndHoldSettings = z.infer<typeof buyAndHoldSettingsSchema>;
