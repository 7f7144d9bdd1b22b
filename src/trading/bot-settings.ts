import { z } from "zod";
import { holdSettingsSchema } from "./decision/modes/hold/hold-settings";
import { trinitySettingsSchema } from "./decision/modes/trinity/trinity-settings";
import { marketTypeSchema, tradingPairSchema } from "./market/trading-pair";
import { riskLimitsSchema } from "./risk/risk-limits";

const PAIRS_MAX = 20;

/** Everything a trader may set on a bot; each change makes a new version. The order of the pairs is their priority. */
export const botSettingsSchema = z.strictObject({
  mode: z.enum(["trinity", "hold"]).default("trinity"),
  pairs: z
    .array(tradingPairSchema)
    .min(1)
    .max(PAIRS_MAX)
    .refine((pairs) => new Set(pairs).size === pairs.length, "each pair may stand once"),
  marketType: marketTypeSchema.default("swap"),
  /** Venue time between slots. */
  intervalSeconds: z.number().int().min(60).max(86_400).default(300),
  trinity: trinitySettingsSchema.prefault({}),
  hold: holdSettingsSchema.prefault({}),
  risk: riskLimitsSchema.prefault({}),
});
export type BotSettings = z.infer<typeof botSettingsSchema>;
