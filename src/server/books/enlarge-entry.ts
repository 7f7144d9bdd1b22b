import type { ExchangeFill } from "~/trading/execution/exchange";
import { entrySideOf } from "~/trading/execution/fill-market-order";
import { enlargePosition } from "~/trading/portfolio/apply-fill";
import { growLegs, planAddition, type ExitPlan } from "~/trading/portfolio/exit-plan";
import type { Decimal } from "~/trading/money";
import { toColumn } from "../db/amounts";
import type { Transaction } from "../db/client";
import { writeTogether } from "../db/insert-rows";
import type { BotContext } from "../bot-context";
import { insertPosting } from "./ledger";
import type { StoredPosition } from "./positions";
import { insertFill } from "./record-fill";

type Enlarging = {
  readonly orderId: string;
  readonly fillId: string;
  readonly position: StoredPosition;
  readonly fill: ExchangeFill;
  /** When it could first be booked, ms of venue time. */
  readonly bookedAt: number;
  /** The market's step of quantities; undefined where the plan has grown already. */
  readonly lot: string | undefined;
  /** Whether another decision than the one that opened the position added it. */
  readonly isAddition?: boolean;
};

/** The plan of the position once it holds this quantity. */
const grownPlan = ({ position, fill, lot, isAddition = false }: Enlarging, to: Decimal): ExitPlan => {
  const { exitPlan, quantity: from } = position;
  if (lot === undefined) return exitPlan;
  const grown = { from, to, lot };
  return isAddition ? planAddition(exitPlan, { at: fill.filledAt, ...grown }) : growLegs(exitPlan, grown);
};

/** Books a further fill of an entry: position, fill and ledger together, in the caller's transaction. */
export const enlargeEntry = async (
  tx: Transaction,
  context: Pick<BotContext, "botId" | "currency" | "venue" | "account">,
  enlarging: Enlarging,
): Promise<void> => {
  const { position, fill, fillId, orderId, bookedAt } = enlarging;
  const enlarged = enlargePosition(position, { ...fill, fillId, bookedAt });
  const { quantity, entryPrice, margin } = enlarged.position;
  const exitPlan = grownPlan(enlarging, quantity);
  await tx.position.update({
    where: { id: position.id },
    data: { quantity: toColumn(quantity), entryPrice: toColumn(entryPrice), margin: toColumn(margin), exitPlan },
  });
  const { id: positionId, marketId, side } = position;
  await writeTogether(tx, [
    insertFill(context, { fillId, orderId, positionId, marketId, fill, side: entrySideOf(side) }),
    insertPosting(enlarged.transaction, { botId: context.botId, currency: context.currency, positionId, fillId }),
  ]);
};
