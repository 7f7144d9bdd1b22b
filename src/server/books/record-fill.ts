import type { ExchangeFill } from "~/trading/execution/exchange";
import type { OrderSide } from "~/trading/execution/fill-market-order";
import { toColumn, toColumnOrNull } from "../db/amounts";
import type { Transaction } from "../db/client";
import type { BotContext } from "../bot-context";

type NewFill = {
  readonly fillId: string;
  readonly orderId: string;
  readonly positionId: string;
  readonly marketId: number;
  readonly side: OrderSide;
  readonly fill: ExchangeFill;
};

/** The row of a fill. Booking one twice is refused by the database: its id is unique per account and market. */
export const recordFill = async (
  tx: Transaction,
  { account, venue }: Pick<BotContext, "account" | "venue">,
  { fillId, fill, orderId, positionId, marketId, side }: NewFill,
): Promise<void> => {
  await tx.fill.create({
    data: {
      id: fillId,
      orderId,
      positionId,
      accountId: account.id,
      marketId,
      venueId: venue.id,
      venueFillId: fill.venueFillId,
      side,
      price: toColumn(fill.price),
      quantity: toColumn(fill.quantity),
      fee: toColumn(fill.fee),
      feeCurrency: fill.feeCurrency,
      slippage: toColumnOrNull(fill.slippage),
      filledAt: new Date(fill.filledAt),
    },
  });
};
