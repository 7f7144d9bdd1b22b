import { z } from "zod";

export const amount = z.string().regex(/^\d+(\.\d+)?$/, "an amount is plain decimal text");

/** `from`: the price from which on it trails; null: at once, or reached already. */
export const trailSchema = z.discriminatedUnion("by", [
  z.strictObject({ by: z.literal("percent"), distance: z.number(), from: amount.nullable() }),
  z.strictObject({ by: z.literal("atr"), multiple: z.number(), from: amount.nullable() }),
  z.strictObject({ by: z.literal("supertrend"), from: amount.nullable() }),
]);

/** Exits that a trader wants instead of those a position has; `share` of a target: of what is held then. */
export const orderedExitsSchema = z.strictObject({
  /** From the first candle on that opens then (ms of venue time). */
  at: z.number().int(),
  /** The version of the settings that they are of. */
  version: z.number().int(),
  /** Null: the stop, or the target, stays where it is. */
  stopLoss: amount.nullable(),
  takeProfit: amount.nullable(),
  targets: z.array(z.strictObject({ target: amount, share: z.number() })),
  breakEven: z.strictObject({ at: amount, level: amount }).nullable(),
  trail: trailSchema.nullable(),
  timeExitAt: z.number().int().nullable(),
});
export type OrderedExits = z.infer<typeof orderedExitsSchema>;
