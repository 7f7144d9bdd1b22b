import type { MarketDecision } from "../decision/basis/market-decision";
import type { BotState } from "./bot-state";
import { asksModel } from "./model-question";
import type { MarketOrderPlan } from "./plan-order";

type Ordered = {
  /** The slot, ms of venue time. */
  readonly at: number;
  readonly settings: Parameters<typeof asksModel>[0];
  readonly decisions: readonly MarketDecision[];
  readonly order: Pick<MarketOrderPlan, "purpose" | "marketId">;
};

/** The state with what a model said that it opens a position for, where an order of the slot opened one. */
export const noteThesis = (state: BotState, { at, settings, decisions, order }: Ordered): BotState => {
  const { purpose, marketId } = order;
  const decided = decisions.find((each) => each.marketId === marketId);
  if (purpose !== "entry" || !asksModel(settings) || decided === undefined) return state;
  const thesis = decided.decision.reason.text;
  const positions = state.positions.map((position) =>
    position.marketId === marketId && position.openedAt === at ? { ...position, thesis } : position,
  );
  return { ...state, positions };
};
