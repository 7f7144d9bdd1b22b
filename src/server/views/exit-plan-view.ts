import { describePlan, describeStop } from "~/trading/portfolio/describe-plan";
import { dropLegs, exitPlanSchema } from "~/trading/portfolio/exit-plan";

/** A stored exit plan as pages show it: what put the stop where it is, where more is entered and parts leave, and all of it in words. */
type ExitPlanView = {
  readonly stopName: string;
  readonly legs: readonly string[];
  readonly targets: readonly string[];
  readonly exits: readonly string[];
  /** Its trader ordered it closed. */
  readonly isClosing: boolean;
};

type Stored = {
  readonly exitPlan: unknown;
  readonly closedAt?: Date | null;
  readonly bot: { readonly status: string; readonly tradingState: string };
};

const UNREADABLE: ExitPlanView = {
  stopName: "stop",
  legs: [],
  targets: [],
  exits: ["This version cannot read its exit plan"],
  isClosing: false,
};

/**
 * A plan that this version cannot read hides nothing else of its position. Of a bot that enters nothing now, no legs are
 * to come.
 */
export const viewExitPlan = ({ exitPlan, bot, closedAt }: Stored, priceDigits: number): ExitPlanView => {
  const { data } = exitPlanSchema.safeParse(exitPlan);
  const mayEnter = bot.status === "running" && bot.tradingState === "active";
  const plan = data && (mayEnter ? data : dropLegs(data));
  if (!plan) return UNREADABLE;
  return {
    stopName: describeStop(plan),
    legs: plan.entryLegs.map(({ price }) => price),
    targets: plan.remainingLegs.map(({ target }) => target),
    exits: describePlan(plan, priceDigits, Boolean(closedAt)),
    isClosing: plan.closeOrderedAt !== null && !closedAt,
  };
};
