import { z } from "zod";
import type { TrailReading } from "../../../portfolio/trail-reading";
import { lineTurnSchema } from "./trinity-turns";
import type { TrinitySignals } from "./trinity-signals";

/** What the exits look at at the last closed candle; exact, because they compare by it. */
const exitSignalsSchema = z.object({
  close: z.number(),
  rsi14: z.number().nullable(),
  sma200: z.number().nullable(),
  /** The band of the last candle's Supertrend. */
  supertrend: z.number().nullable(),
  /** Absent in analyses of earlier versions. */
  atr14: z.number().nullable().default(null),
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

export const exitSignalsOf = ({
  candle,
  rsi14,
  sma200,
  supertrend,
  atr14,
  turns,
}: Pick<TrinitySignals, "candle" | "rsi14" | "sma200" | "supertrend" | "atr14" | "turns">): ExitSignals => ({
  close: candle.close,
  rsi14,
  sma200,
  supertrend,
  atr14,
  turns,
});

/** What a stop may trail by: Supertrend is up while the close stands above it. */
export const trinityTrail = ({ last }: TrinityReadings): TrailReading | null => {
  if (last === null) return null;
  const { standing } = last.turns.supertrend;
  const value = last.supertrend;
  const supertrend =
    value === null || standing === null
      ? null
      : { direction: standing === "above" ? ("up" as const) : ("down" as const), value };
  return { close: last.close, atr14: last.atr14, supertrend };
};
