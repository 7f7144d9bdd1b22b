import { z } from "zod";

/** Money, prices and quantities travel as decimal strings in plain notation: a float would round them. */
export const amountSchema = z.string().regex(/^-?\d+(\.\d+)?$/, "must be a decimal number in plain notation");

export const sideSchema = z.enum(["long", "short"]);

/** What a result is made of, in quote currency: net = gross - slippage - fees + funding, exactly. */
export const pnlSplitSchema = z.object({
  /** At reference prices, before any cost. */
  gross: amountSchema,
  slippage: amountSchema,
  fees: amountSchema,
  funding: amountSchema,
  net: amountSchema,
});

/** A page of a long list. `nextCursor` null: that was all. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** Asks for a bot's list from after a cursor that an earlier page gave. */
export const listInputSchema = z.strictObject({
  botId: z.uuid(),
  cursor: z.string().max(120).nullish(),
  limit: z.number().int().min(1).max(100).default(25),
  /** Said by queries that load more; lists go one way only. */
  direction: z.literal("forward").optional(),
});

/** Digits after the point of a market's prices: those of its tick. */
export const priceDigitsSchema = z.number().int();
