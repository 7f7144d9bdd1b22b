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

/** Digits after the point of a market's prices: those of its tick. */
export const priceDigitsSchema = z.number().int();
