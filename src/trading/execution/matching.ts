import { z } from "zod";

const rate = z.number().min(0).lt(1);
const share = z.number().gt(0).max(1);

/**
 * Version 1: half the spread and impact by volume, the taker fee, whole fills, liquidation by the lowest margin tier,
 * and no funding. Nothing of it may be set.
 */
const firstSchema = z.strictObject({ version: z.literal(1) });

/**
 * Version 2: as version 1, and a candle that ranges wide gives less and costs more, funding is paid every 8 hours, and
 * margin tiers and the liquidation's fee decide where a position is liquidated. Fractions of price or value.
 */
const secondSchema = z.strictObject({
  version: z.literal(2),
  /** Paid on either side of the reference price, at least half a tick. */
  halfSpreadRate: rate.default(0.0001),
  /** Impact of an order as large as a calm candle; of a smaller one by the square root of its share. */
  impactRate: rate.default(0.0005),
  /** (high - low) / open of a calm candle: one n times as wide has n times the impact and an n-th of the volume to give. */
  calmRange: share.default(0.002),
  /** So much of a calm candle's volume one order can take. */
  volumeShareMax: share.default(0.1),
  /** `last`: highs and lows trigger stops and targets; `mark`: only opens and closes, as a smoothed price does. */
  triggerBy: z.enum(["last", "mark"]).default("last"),
  /** Where the venue's rate was not recorded; longs pay a positive one. */
  fundingRatePer8h: z.number().gt(-1).lt(1).default(0.0001),
});

/** How the orders of a bot's paper account are filled. Bots made before there was a choice have version 1. */
export const matchingSchema = z
  .discriminatedUnion("version", [firstSchema, secondSchema], "matching has version 1 or 2")
  .default({ version: 1 });
export type Matching = z.infer<typeof matchingSchema>;
export type SecondMatching = z.infer<typeof secondSchema>;

/** What a new bot gets. */
export const NEWEST_MATCHING: SecondMatching = secondSchema.parse({ version: 2 });

/** The assumptions of version 2; null for version 1, also where a position names none. */
export const secondOf = (matching: Matching | undefined): SecondMatching | null =>
  matching?.version === 2 ? matching : null;
