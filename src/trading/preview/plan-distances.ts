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

/**
 * The distances of a plan; null: it has neither. What only the market says is taken as far as the limits allow, so that a
 * worst case holds for every stop that passes them.
 */
export const distancesOf = (plan: EntryPlan, side: PositionSide, limits: RiskLimits): Distances | null => {
  if (plan.stop === "none" || plan.target === "none") return null;
  const most = TARGET_MAX[side];
  const stop =
    plan.stop === "market" ? farthestStop(plan.target === "market" ? most : plan.target, plan, limits) : plan.stop;
  const enough = (stop + COSTS) * limits.rewardToRiskMin + COSTS;
  return { stop, target: plan.target === "market" ? Math.min(enough, most) : plan.target };
};
