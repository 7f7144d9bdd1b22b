import { cancelLegs, type ExitPlan } from "../portfolio/exit-plan";
import type { TradingState } from "./watch-drawdown";

/** The position as its bot goes on with it: one that only reduces enters no further legs. */
export const mayEnter = <Held extends { readonly exitPlan: ExitPlan }>(position: Held, state: TradingState): Held =>
  state === "active" ? position : cancelLegs(position);
