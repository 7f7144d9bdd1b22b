/**
 * What a reply says it used, in tokens. `inputTokens` leaves out those of the cache: a prompt is the sum of all three
 * kinds. Whole numbers from 0.
 */
export type TokenUsage = {
  readonly inputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
  readonly outputTokens: number;
};

/** The length of the whole prompt, by which some prices differ. */
export const countPromptTokens = ({ inputTokens, cacheReadTokens, cacheWriteTokens }: TokenUsage): number =>
  inputTokens + cacheReadTokens + cacheWriteTokens;
