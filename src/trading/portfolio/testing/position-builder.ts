import { decimal } from "../../money";
import { planWholeExit } from "../exit-plan";
import { marginOf, type PlannedPosition } from "../position";

type Built = PlannedPosition & { readonly marketId: number };

/** A long of 1 BTC at 100 in market 1, without leverage, stop at 90, target at 120. Overrides change the margin too. */
export const buildPosition = (overrides: Partial<Built> = {}): Built => {
  const position = {
    id: "position-1",
    marketId: 1,
    pair: "BTC/USDT",
    side: "long" as const,
    quantity: decimal(1),
    entryPrice: decimal(100),
    leverage: decimal(1),
    stopLoss: decimal(90),
    takeProfit: decimal(120),
    openedAt: 0,
    settledThrough: 0,
    mark: decimal(100),
    markedAt: 0,
    ...overrides,
  };
  const exitPlan = planWholeExit(position);
  return { exitPlan, margin: marginOf(position.entryPrice, position.quantity, position.leverage), ...position };
};
