import { describePlan, describeStop } from "~/trading/portfolio/describe-plan";
import { exitPlanSchema } from "~/trading/portfolio/exit-plan";

/** A stored exit plan as pages show it: what put the stop where it is, where more is entered and parts leave, and all of it in words. */
type ExitPlanView = {
  readonly stopName: string;
  readonly legs: readonly string[];
  readonly targets: readonly string[];
  readonly exits: readonly string[];
};

type Stored = { readonly exitPlan: unknown; readonly bot: { readonly status: string; readonly tradingState: string } };

/**
 * A plan that this version cannot read hides nothing else of its position. Of a bot that enters nothing now, no legs are
 * to come.
 */
export const viewExitPlan = ({ exitPlan, bot }: Stored, priceDigits: number): ExitPlanView => {
  const { data } = exitPlanSchema.safeParse(exitPlan);
  const mayEnter = bot.status === "running" && bot.tradingState === "active";
  const plan = data && (mayEnter ? data : { ...data, entryLegs: [] });
  if (!plan) return { stopName: "stop", legs: [], targets: [], exits: ["This version cannot read its exit plan"] };
  return {
    stopName: describeStop(plan),
    legs: plan.entryLegs.map(({ price }) => price),
    targets: plan.remainingLegs.map(({ target }) => target),
    exits: describePlan(plan, priceDigits),
  };
};
