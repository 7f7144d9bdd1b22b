import { z } from "zod";
import { lineTurnSchema } from "./trinity-turns";
import type { TrinitySignals } from "./trinity-signals";

/** What the exits look at at the last closed candle; exact, because they compare by it. */
const exitSignalsSchema = z.object({
  close: z.number(),
  rsi14: z.number().nullable(),
  sma200: z.number().nullable(),
  /** The band of the last candle's Supertrend. */
  supertrend: z.number().nullable(),
  turns: z.object({ supertrend: lineTurnSchema, sma200: lineTurnSchema }),
});
export type ExitSignals = z.infer<typeof exitSignalsSchema>;

/** What an analysis of Trinity keeps beside its evidence. */
export const trinityReadingsSchema = z.object({
  /** Closed decision candles since the last long outage. */
  candles: z.number().int(),
  /** Null where there is no candle at all. */
  last: exitSignalsSchema.nullable(),
});
export type TrinityReadings = z.infer<typeof trinityReadingsSchema>;

export const readExitSignals = ({
  candle,
  rsi14,
  sma200,
  supertrend,
  turns,
}: Pick<TrinitySignals, "candle" | "rsi14" | "sma200" | "supertrend" | "turns">): ExitSignals => ({
  close: candle.close,
  rsi14,
  sma200,
  supertrend,
  turns,
});
