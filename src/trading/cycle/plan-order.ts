import type { PositionSide } from "../portfolio/position-side";
import { entrySideOf, exitSideOf, type OrderSide } from "../execution/fill-market-order";
import { invariant } from "../invariant";
import { decimal, type Decimal } from "../money";
import type { Position } from "../portfolio/position";
import type { AssessedDecision } from "../risk/assess-decisions";

type Planned = {
  readonly pair: string;
  readonly side: OrderSide;
  readonly positionSide: PositionSide;
  readonly quantity: Decimal;
  readonly leverage: Decimal;
};

/** A market order as it is to be sent: `kind` of an exit is the reason of the decision that asked for it. */
export type MarketOrderPlan =
  | (Planned & {
      readonly purpose: "entry";
      readonly kind: "market";
      readonly stopLoss: Decimal | null;
      readonly takeProfit: Decimal | null;
      readonly decidedCandle: number | null;
    })
  | (Planned & { readonly purpose: "exit"; readonly kind: string; readonly position: Position });

/** The order of a decision that the gate let pass; null where none passed. */
export const planOrder = ({ decision, order }: AssessedDecision): MarketOrderPlan | null => {
  if (order === null) return null;
  const { pair, decidedCandle } = decision;
  const { position, quantity, stopLoss, takeProfit } = order;
  if (position) {
    const { side: positionSide, leverage } = position;
    const side = exitSideOf(positionSide);
    return { purpose: "exit", kind: decision.reason.code, pair, side, positionSide, quantity, leverage, position };
  }
  const positionSide = decision.side;
  invariant(positionSide, "an entry has a side");
  const side = entrySideOf(positionSide);
  const leverage = decimal(decision.leverage ?? 1);
  const entry = { stopLoss, takeProfit, decidedCandle };
  return { purpose: "entry", kind: "market", pair, side, positionSide, quantity, leverage, ...entry };
};
