import { z } from "zod";
import type { Decimal } from "../money";

const amount = z.string().regex(/^\d+(\.\d+)?$/, "an amount is plain decimal text");
const leg = z.strictObject({ target: amount, quantity: amount });

/**
 * How a position is to be closed: planned when it was opened, and the plan's progress since. Prices and quantities are
 * plain decimal text. The present levels are the position's own stop and target.
 */
export const exitPlanSchema = z.strictObject({
  version: z.literal(1),
  /** As planned at entry; null: none. */
  stopLoss: amount.nullable(),
  takeProfit: amount.nullable(),
  /** Where the trailing stop has come to; null: it does not trail. */
  trailLevel: amount.nullable(),
  /** Parts that are still to leave at a target of their own, and those that left, in the order of their targets. */
  remainingLegs: z.array(leg),
  filledTargets: z.array(leg),
});
export type ExitPlan = z.infer<typeof exitPlanSchema>;

type Levels = { readonly stopLoss: Decimal | null; readonly takeProfit: Decimal | null };

/** The plan of a position that is left whole, at its stop or its target. */
export const planExit = ({ stopLoss, takeProfit }: Levels): ExitPlan => ({
  version: 1,
  stopLoss: stopLoss?.toFixed() ?? null,
  takeProfit: takeProfit?.toFixed() ?? null,
  trailLevel: null,
  remainingLegs: [],
  filledTargets: [],
});
