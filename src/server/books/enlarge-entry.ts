import type { ExchangeFill } from "~/trading/execution/exchange";
import { entrySideOf } from "~/trading/execution/fill-market-order";
import { enlargePosition } from "~/trading/portfolio/apply-fill";
import { growExits } from "~/trading/portfolio/grow-exits";
import { noteAddition } from "~/trading/portfolio/exit-plan";
import type { MarketTerms } from "~/trading/ports";
import { toColumn, toColumnOrNull } from "../db/amounts";
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
  /** The market's steps; undefined where the market is not known, or the exits have grown already. */
  readonly steps: Pick<MarketTerms, "lot" | "tick"> | undefined;
  /** Whether another decision than the one that opened the position added it. */
  readonly isAddition?: boolean;
};

/** Books a further fill of an entry: position, fill and ledger together, in the caller's transaction. */
export const enlargeEntry = async (
  tx: Transaction,
  context: Pick<BotContext, "botId" | "currency" | "venue" | "account">,
  { position, fill, fillId, orderId, bookedAt, steps, isAddition = false }: Enlarging,
): Promise<void> => {
  const enlarged = enlargePosition(position, { ...fill, fillId, bookedAt });
  const { quantity, entryPrice, margin } = enlarged.position;
  const grown = steps ? growExits(position, { ...enlarged.position, ...steps, price: fill.price }) : position;
  const { exitPlan: plan } = grown;
  const exitPlan = isAddition ? noteAddition(plan, { at: fill.filledAt, from: position.quantity, to: quantity }) : plan;
  await tx.position.update({
    where: { id: position.id },
    data: {
      quantity: toColumn(quantity),
      entryPrice: toColumn(entryPrice),
      margin: toColumn(margin),
      stopLoss: toColumnOrNull(grown.stopLoss),
      exitPlan,
    },
  });
  const { id: positionId, marketId, side } = position;
  await writeTogether(tx, [
    insertFill(context, { fillId, orderId, positionId, marketId, fill, side: entrySideOf(side) }),
    insertPosting(enlarged.transaction, { botId: context.botId, currency: context.currency, positionId, fillId }),
  ]);
};
