/** The lowest score of each tier, and its margin as a fraction of equity; highest first (TRADING section 4). */
const TIERS = [
  { scoreMin: 0.95, sizeFraction: 0.1 },
  { scoreMin: 0.8, sizeFraction: 0.08 },
  { scoreMin: 0.65, sizeFraction: 0.06 },
  { scoreMin: 0.5, sizeFraction: 0.04 },
] as const;

/** Margin as a fraction of equity for a score of 0..1; null below the lowest tier, where entries have no size. */
export const trinitySizeFraction = (score: number): number | null =>
  TIERS.find((tier) => score >= tier.scoreMin)?.sizeFraction ?? null;
