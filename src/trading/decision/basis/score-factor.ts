import { decimal, type Decimal } from "../../money";

const SCALE = { scoreLow: 0.3, factorLow: 0.5, scoreHigh: 0.9, factorHigh: 1.2 } as const;

/**
 * What a score (0..1) multiplies the requested size by: 0.30 -> 0.5, 0.90 -> 1.2, linear between, constant outside
 * (TRADING 5).
 */
export const scoreFactor = (score: number): Decimal => {
  const inside = Math.min(Math.max(score, SCALE.scoreLow), SCALE.scoreHigh);
  const share = decimal(inside).minus(SCALE.scoreLow).div(decimal(SCALE.scoreHigh).minus(SCALE.scoreLow));
  return share.times(decimal(SCALE.factorHigh).minus(SCALE.factorLow)).plus(SCALE.factorLow);
};
