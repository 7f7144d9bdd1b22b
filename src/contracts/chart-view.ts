import { z } from "zod";
import { amountSchema, priceDigitsSchema, sideSchema } from "./amount";
import { CHART_TIMEFRAMES } from "./choices";

/** A value at an instant (seconds since 1970, UTC, as charts take it). Floats: for drawing only. */
const pointSchema = z.object({ time: z.number().int(), value: z.number() });

/** A span (seconds) between two points of a curve in which its bot marked nothing: while nothing ran, or days are missing. */
export const gapSchema = z.object({ from: z.number().int(), to: z.number().int() });

/**
 * Equity over time, at most 600 points (each bucket keeps its last), beside what buying the bot's pairs in equal shares at
 * its first slot and holding would be worth (empty where candles are missing), and the drawdown from the
 * peak as a fraction, 0 or negative.
 */
export const equityChartSchema = z.object({
  currency: z.string(),
  equity: z.array(pointSchema),
  buyAndHold: z.array(pointSchema),
  drawdown: z.array(pointSchema),
  /** The bot's first slot, seconds; what it and holding made of its capital since, through the last point. */
  startedAt: z.number().int().nullable(),
  returnFraction: z.number().nullable(),
  buyAndHoldFraction: z.number().nullable(),
  /** What its account gave it meanwhile, or (below zero) got back, in the order of time: no profit of either line. */
  flows: z.array(z.object({ time: z.number().int(), amount: amountSchema })),
  gaps: z.array(gapSchema),
  /** Where history ends and the live demo begins; null: no such place. */
  openedAt: z.number().int().nullable(),
});
export type EquityChart = z.infer<typeof equityChartSchema>;

export const candleChartInputSchema = z.strictObject({
  botId: z.uuid(),
  pair: z.string().max(40),
  timeframe: z.enum(CHART_TIMEFRAMES).optional(),
});

/** An entry or exit on the chart, at the candle that filled it. */
const markSchema = z.object({
  time: z.number().int(),
  kind: z.enum(["entry", "exit", "refused"]),
  side: sideSchema,
  price: z.number().nullable(),
  /** What a reader sees on it, such as "target filled +12.30" or the rule that refused. */
  text: z.string(),
  /** The cycle that decided, or the position. */
  cycleId: z.uuid().nullable(),
  positionId: z.uuid().nullable(),
});

/** A pair's last closed candles (at most 300) with what the bot did on them, and its open position's levels. */
export const candleChartSchema = z.object({
  pair: z.string(),
  timeframe: z.enum(CHART_TIMEFRAMES),
  /** The timeframes that can be asked for: those stored for this market. */
  timeframes: z.array(z.enum(CHART_TIMEFRAMES)),
  priceDigits: priceDigitsSchema,
  candles: z.array(
    z.object({
      time: z.number().int(),
      open: z.number(),
      high: z.number(),
      low: z.number(),
      close: z.number(),
      volume: z.number().nullable(),
    }),
  ),
  marks: z.array(markSchema),
  position: z
    .object({
      id: z.uuid(),
      side: sideSchema,
      entryPrice: amountSchema,
      /** What put the stop where it is, in words. */
      stopName: z.string(),
      /** Where more of it is entered, and where parts of it leave, nearest first. */
      legs: z.array(amountSchema),
      targets: z.array(amountSchema),
      stopLoss: amountSchema.nullable(),
      takeProfit: amountSchema.nullable(),
    })
    .nullable(),
});
export type CandleChart = z.infer<typeof candleChartSchema>;
