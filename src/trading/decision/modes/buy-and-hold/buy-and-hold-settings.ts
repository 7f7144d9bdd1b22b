import { z } from "zod";
import { TIMEFRAMES } from "../../../market/timeframe";

/** The control's settings. The timeframe only sets when it may buy: it reads no signal in the market. */
export const buyAndHoldSettingsSchema = z.strictObject({
  timeframe: z.enum(TIMEFRAMES).default("1h"),
  /** Share of equity to invest, over all pairs. At 1, the fees reduce what is left for the last pair. */
  investedFraction: z.number().gt(0).max(1).default(1),
});

export type BuyAndHoldSettings = z.infer<typeof buyAndHoldSettingsSchema>;
