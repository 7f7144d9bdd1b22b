import { z } from "zod";

/**
 * What a condition compares, as it is written in a sentence. A value of prices has the market's digits, one of parts
 * says how many of the condition's parts are met; all others are indicators.
 */
const conditionWordsSchema = z.object({ name: z.string(), unit: z.enum(["indicator", "price", "parts"]) });
export type ConditionWords = z.infer<typeof conditionWordsSchema>;

/**
 * The words of a mode's evidence by the codes that its lines carry: plain data, so that a page can be handed it. For
 * every mode, a line of the category "exit" speaks against its side, and those of "adjustment" count each by itself.
 */
export const evidenceWordsSchema = z.object({
  /** How its conditions make a score, in a sentence; null: they make none. */
  note: z.string().nullable(),
  conditions: z.record(z.string(), conditionWordsSchema),
  /** A category's heading, and a note on how it counts where that is not by its weight once. */
  categories: z.record(z.string(), z.object({ name: z.string(), note: z.string().nullable() })),
});
export type EvidenceWords = z.infer<typeof evidenceWordsSchema>;
