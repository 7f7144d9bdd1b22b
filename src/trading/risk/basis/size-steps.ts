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

/** What a share of equity is a share of: the margin that is bound, the order's value, or the loss at the stop. */
export const SHARED = ["margin", "value", "risk"] as const;

/** How a size came about before any limit cut it. Plain JSON, amounts as decimal text in quote currency. */
export type SizeSteps = {
  readonly method: SizingMethod;
  /** A fraction of equity, and of what. */
  readonly share: string;
  readonly of: (typeof SHARED)[number];
  /** What the score multiplied it by; null: the method does not ask the score. */
  readonly factor: string | null;
  /** What the method measured, in words; null: nothing. */
  readonly basis: string | null;
  /** The order's value that came of it. */
  readonly wanted: string;
};
