import { cancelLegs, type ExitPlan } from "../portfolio/exit-plan";
import type { TradingState } from "./watch-drawdown";

/** The position with the legs that its bot may still enter: one that only reduces enters none. */
export const keepLegs = <Held extends { readonly exitPlan: ExitPlan }>(position: Held, state: TradingState): Held =>
  state === "active" ? position : cancelLegs(position);
