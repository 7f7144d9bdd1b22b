import { dropLegs, type ExitPlan } from "../portfolio/exit-plan";

/**
 * The plan of a position that its trader wants closed: it leaves at the first open from this time (ms of venue time) on,
 * by the fold that settles every exit, and nothing more is entered. A second order changes nothing.
 */
export const orderClose = (plan: ExitPlan, at: number): ExitPlan =>
  plan.closeOrderedAt === null
    ? { ...dropLegs(plan), closeOrderedAt: at, stopOrdered: null, exitsOrdered: null }
    : plan;
