import { decimal } from "../../money";
import { planExit } from "../../portfolio/exit-plan";
import { exitTermsSchema } from "../../portfolio/exit-terms";
import type { PlannedPosition } from "../../portfolio/position";
import type { PositionSide } from "../../portfolio/position-side";
import { buildPosition } from "../../portfolio/testing/position-builder";

const STEPS = { tick: "0.01", lot: "0.01" };

/** A position at 100, stop at 90 and target at 120 (short: 110 and 80), with more exits. */
export const held = (
  terms: unknown,
  side: PositionSide = "long",
  part: Partial<PlannedPosition> = {},
): PlannedPosition => {
  const levels = side === "long" ? { stop: 90, target: 120 } : { stop: 110, target: 80 };
  const position = buildPosition({ side, stopLoss: decimal(levels.stop), takeProfit: decimal(levels.target), ...part });
  return { ...position, exitPlan: planExit(position, exitTermsSchema.parse(terms), STEPS) };
};
