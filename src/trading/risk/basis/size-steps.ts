import { z } from "zod";

/** How a bot finds the size of an entry. `mode`: the share that its mode asks for. */
export const SIZING_METHODS = [
  "mode",
  "fixed-share",
  "tiers",
  "score-scaled",
  "risk-per-trade",
  "volatility-target",
  "kelly",
] as const;
export type SizingMethod = (typeof SIZING_METHODS)[number];

/** How a size came about before any limit cut it. Plain JSON, amounts as decimal text in quote currency. */
export const sizeStepsSchema = z.object({
  method: z.enum(SIZING_METHODS),
  /** A fraction of equity, and of what: the margin that is bound, the order's value, or the loss at the stop. */
  share: z.string(),
  of: z.enum(["margin", "value", "risk"]),
  /** What the score multiplied it by; null: the method does not ask the score. */
  factor: z.string().nullable(),
  /** What the method measured, in words; null: nothing. */
  basis: z.string().nullable(),
  /** The order's value that came of it. */
  wanted: z.string(),
});
export type SizeSteps = Readonly<z.infer<typeof sizeStepsSchema>>;
