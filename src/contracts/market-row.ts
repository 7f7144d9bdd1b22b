import { z } from "zod";
import { marketTypeSchema } from "~/trading/market/trading-pair";
import { TIMEFRAMES } from "~/trading/market/timeframe";
import { amountSchema } from "./amount";
import { MARKET_SORTS } from "./choices";

const MARKETS_MAX = 200;
const PREVIEW_CANDLES_MAX = 3000;
const SEARCH_MAX = 40;

export const marketsInputSchema = z.strictObject({
  venueId: z.uuid(),
  marketType: marketTypeSchema.default("swap"),
  search: z.string().max(SEARCH_MAX).default(""),
  sort: z.enum(MARKET_SORTS).default("volume"),
  /** Only these; absent: all. */
  pairs: z.array(z.string().max(SEARCH_MAX)).max(MARKETS_MAX).optional(),
  limit: z.number().int().min(1).max(MARKETS_MAX).default(MARKETS_MAX),
});

/** A market of a venue: its rules, what was last seen of it, and since when its candles are known. Null is unknown. */
export const marketRowSchema = z.object({
  id: z.number().int(),
  pair: z.string(),
  marketType: marketTypeSchema,
  last: amountSchema.nullable(),
  bid: amountSchema.nullable(),
  ask: amountSchema.nullable(),
  spreadFraction: z.number().nullable(),
  quoteVolume24h: amountSchema.nullable(),
  fundingRate: amountSchema.nullable(),
  /** Venue time of what was seen. */
  seenAt: z.date().nullable(),
  historyFrom: z.date().nullable(),
  historyThrough: z.date().nullable(),
  rules: z.object({
    tick: z.string(),
    lot: z.string(),
    contractSize: z.string(),
    quantityMin: z.string(),
    notionalMin: z.string().nullable(),
    leverageMax: z.number().int().nullable(),
    takerFeeRate: z.string(),
  }),
});
export type MarketRow = z.infer<typeof marketRowSchema>;

export const previewCandlesInputSchema = z.strictObject({
  marketId: z.number().int().min(1).max(2_147_483_647),
  /** That of the decisions: what is given can be put together to it. */
  timeframe: z.enum(TIMEFRAMES),
  limit: z.number().int().min(1).max(PREVIEW_CANDLES_MAX).default(PREVIEW_CANDLES_MAX),
});

/** Closed candles by columns, ascending; open times in seconds. `timeframe` null: none is known. */
export const previewCandlesSchema = z.object({
  timeframe: z.enum(TIMEFRAMES).nullable(),
  times: z.array(z.number().int()),
  open: z.array(z.number()),
  high: z.array(z.number()),
  low: z.array(z.number()),
  close: z.array(z.number()),
  volume: z.array(z.number().nullable()),
});
export type PreviewCandles = z.infer<typeof previewCandlesSchema>;
