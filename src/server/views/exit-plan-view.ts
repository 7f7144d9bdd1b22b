import { describePlan, describeStop } from "~/trading/portfolio/describe-plan";
import { exitPlanSchema } from "~/trading/portfolio/exit-plan";

/** A stored exit plan as pages show it: what put the stop where it is, where more is entered and parts leave, and all of it in words. */
type ExitPlanView = {
  readonly stopName: string;
  readonly legs: readonly string[];
  readonly targets: readonly string[];
  readonly exits: readonly string[];
};

/** A plan that this version cannot read hides nothing else of its position. */
export const viewExitPlan = (stored: unknown, priceDigits: number): ExitPlanView => {
  const { data: plan } = exitPlanSchema.safeParse(stored);
  if (!plan) return { stopName: "stop", legs: [], targets: [], exits: ["This version cannot read its exit plan"] };
  return {
    stopName: describeStop(plan),
    legs: plan.entryLegs.map(({ price }) => price),
    targets: plan.remainingLegs.map(({ target }) => target),
    exits: describePlan(plan, priceDigits),
  };
};
