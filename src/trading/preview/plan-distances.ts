import type { EntryPlan } from "../decision/basis/entry-plan";
import type { PositionSide } from "../portfolio/position-side";
import type { RiskLimits } from "../risk/risk-limits";

/** How far stop and target are from the entry, fractions of its price. */
export type Distances = { readonly stop: number; readonly target: number };

/** Fees and slippage of both ways, as a fraction of the price, with some room. */
const COSTS = 0.002;
/** A position is liquidated before all of its margin is lost. */
const LIQUIDATION_ROOM = 0.03;
/** A short cannot gain more than its price; a long is given as much as any limit asks for. */
const TARGET_MAX = { long: 10, short: 0.9 } as const;

/** The farthest stop that the limits still let pass with a target so far away. */
const farthestStop = (target: number, { leverage }: EntryPlan, limits: RiskLimits): number => {
  const byTarget = (target - COSTS) / limits.rewardToRiskMin - COSTS;
  const byLiquidation = 1 / leverage - LIQUIDATION_ROOM;
  const most = Math.min(limits.stopDistanceMax - COSTS, byTarget, byLiquidation);
  return Math.max(most, limits.stopDistanceMin + COSTS);
};

/** From the farthest stop that may pass to one that is hardly a stop: shares of its distance. */
const NEARER = Array.from({ length: 19 }, (_, step) => 1 - step * 0.05);

/**
 * The distances of a plan, the farthest stop first; none: it has neither. Where only the market says how far the stop is,
 * there are several: the first that passes is the worst that may come, and an entry is refused where none does.
 */
export const distancesOf = (plan: EntryPlan, side: PositionSide, limits: RiskLimits): readonly Distances[] => {
  const { stop: planned, target } = plan;
  if (planned === "none" || target === "none") return [];
  const most = TARGET_MAX[side];
  const enoughFor = (stop: number): number => Math.min((stop + COSTS) * limits.rewardToRiskMin + COSTS, most);
  const distancesAt = (stop: number): Distances => ({ stop, target: target === "market" ? enoughFor(stop) : target });
  if (planned !== "market") return [distancesAt(planned)];
  const farthest = farthestStop(target === "market" ? most : target, plan, limits);
  const nearest = limits.stopDistanceMin + COSTS;
  return [...new Set(NEARER.map((share) => Math.max(share * farthest, nearest)))].map(distancesAt);
};
