import { z } from "zod";

/**
 * What a condition compares, named for use in a sentence. A "price" is shown with the market's digits, "parts" counts
 * how many of the condition's parts are met, and everything else is an "indicator".
 */
const conditionWordsSchema = z.object({ name: z.string(), unit: z.enum(["indicator", "price", "parts"]) });
export type ConditionWords = z.infer<typeof conditionWordsSchema>;

/**
 * The words for a mode's evidence, by the codes in its lines. Plain data, so that the server can send it to a page. In
 * every mode, a line of the category "exit" speaks against its side, and each line of "adjustment" counts separately.
 */
export const evidenceWordsSchema = z.object({
  /** How its conditions make a score, in a sentence; null: they make none. */
  note: z.string().nullable(),
  conditions: z.record(z.string(), conditionWordsSchema),
  /** A category's heading, and a note on how it counts where its weight does not count exactly once. */
  categories: z.record(z.string(), z.object({ name: z.string(), note: z.string().nullable() })),
});
export type EvidenceWords = z.infer<typeof evidenceWordsSchema>;
