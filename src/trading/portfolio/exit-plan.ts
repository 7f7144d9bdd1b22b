import { z } from "zod";
import type { Decimal } from "../money";

const amount = z.string().regex(/^\d+(\.\d+)?$/, "an amount is plain decimal text");
const leg = z.strictObject({ target: amount, quantity: amount });

/**
 * How a position will be closed: the plan made at its entry, and the progress since. Prices and quantities are plain
 * decimal text. The current levels are the position's own stop and target.
 */
export const exitPlanSchema = z.strictObject({
  version: z.literal(1),
  /** As planned at entry; null: none. */
  stopLoss: amount.nullable(),
  takeProfit: amount.nullable(),
  /** The current level of the trailing stop; null: the stop does not trail. */
  trailLevel: amount.nullable(),
  /** Parts that will still exit at a target of their own, and those that did, in the order of their targets. */
  remainingLegs: z.array(leg),
  filledTargets: z.array(leg),
});
export type ExitPlan = z.infer<typeof exitPlanSchema>;

type Levels = { readonly stopLoss: Decimal | null; readonly takeProfit: Decimal | null };

/** The plan of a position that is closed as a whole, at its stop or its target. */
export const planExit = ({ stopLoss, takeProfit }: Levels): ExitPlan => ({
  version: 1,
  stopLoss: stopLoss?.toFixed() ?? null,
  takeProfit: takeProfit?.toFixed() ?? null,
  trailLevel: null,
  remainingLegs: [],
  filledTargets: [],
});
