import type { EntryLeg } from "../portfolio/entry-legs";
import type { ExitTerms } from "../portfolio/exit-terms";
import type { PositionSide } from "../portfolio/position-side";
import { entrySideOf, exitSideOf, type OrderSide } from "../execution/fill-market-order";
import { invariant } from "../invariant";
import { decimal, type Decimal } from "../money";
import type { AssessedDecision } from "../risk/assess-decisions";
import type { MarketPosition } from "../risk/basis/risk-context";

type Planned = {
  readonly marketId: number;
  readonly pair: string;
  readonly side: OrderSide;
  readonly positionSide: PositionSide;
  readonly quantity: Decimal;
  readonly leverage: Decimal;
  /** How the position is closed beside stop and target: of an entry, or of the rest where an exit takes a part. */
  readonly exits: ExitTerms | null;
};

/** A market order to send. The `kind` of an exit is the reason code of the decision that asked for it. */
export type MarketOrderPlan =
  | (Planned & {
      readonly purpose: "entry";
      readonly kind: "market";
      readonly stopLoss: Decimal | null;
      readonly takeProfit: Decimal | null;
      /** What is entered further, and later. */
      readonly legs: readonly EntryLeg[];
      readonly decidedCandle: number | null;
    })
  | (Planned & { readonly purpose: "exit"; readonly kind: string; readonly position: MarketPosition });

/** The order of a decision that the gate approved; null where it approved none. */
export const planOrder = ({ marketId, decision, order }: AssessedDecision): MarketOrderPlan | null => {
  if (order === null) return null;
  const { pair, decidedCandle } = decision;
  const { position, quantity, stopLoss, takeProfit, exits, legs } = order;
  if (position) {
    const { side: positionSide, leverage } = position;
    const side = exitSideOf(positionSide);
    const planned = { marketId, pair, side, positionSide, quantity, leverage, exits };
    return { purpose: "exit", kind: decision.reason.code, ...planned, position };
  }
  const positionSide = decision.side;
  invariant(positionSide, "an entry has a side");
  const side = entrySideOf(positionSide);
  const leverage = decimal(decision.leverage ?? 1);
  const entry = { stopLoss, takeProfit, legs, decidedCandle };
  const planned = { marketId, pair, side, positionSide, quantity, leverage, exits };
  return { purpose: "entry", kind: "market", ...planned, ...entry };
};
