import { z } from "zod";
import { TIMEFRAMES } from "../../../market/timeframe";

const fraction = z.number().gt(0).lt(1);

/** The lowest size tier begins here: an entry below it would have no size. */
const ENTRY_SCORE_LOWEST = 0.5;

/** Trinity's settings and their defaults (TRADING 4). Fractions, never percent. */
export const trinitySettingsSchema = z
  .strictObject({
    preset: z.enum(["default", "original"]).default("default"),
    timeframe: z.enum(TIMEFRAMES).default("1h"),
    confirmTimeframe: z.enum(TIMEFRAMES).default("4h"),
    entryScoreMin: z.number().min(ENTRY_SCORE_LOWEST).max(1).optional(),
    triggerRequired: z.boolean().optional(),
    stopLossFraction: fraction.default(0.035),
    takeProfitFraction: fraction.default(0.08),
    leverage: z.number().min(1).max(10).default(1),
    exitOnSupertrend: z.boolean().default(true),
    exitOnSma200: z.boolean().default(true),
    exitOnRsi: z.boolean().default(true),
  })
  .transform((settings) => ({
    ...settings,
    // A preset has the original system's values: entry from 0.50, without the trigger.
    entryScoreMin: settings.entryScoreMin ?? (settings.preset === "original" ? 0.5 : 0.65),
    triggerRequired: settings.triggerRequired ?? settings.preset !== "original",
  }));

export type TrinitySettings = z.infer<typeof trinitySettingsSchema>;
