import type { ExchangeFill } from "~/trading/execution/exchange";
import type { OrderSide } from "~/trading/execution/fill-market-order";
import { toColumn, toColumnOrNull } from "../db/amounts";
import { insertRows } from "../db/insert-rows";
import type { Prisma } from "../db/prisma";
import type { BotContext } from "../bot-context";

type NewFill = {
  readonly fillId: string;
  readonly orderId: string;
  readonly positionId: string;
  readonly marketId: number;
  readonly side: OrderSide;
  readonly fill: ExchangeFill;
};

/** The row of a fill; none where `when` is false. Booking one twice is refused by the database: its id is unique per account and market. */
export const insertFill = (
  { account, venue }: Pick<BotContext, "account" | "venue">,
  { fillId, fill, orderId, positionId, marketId, side }: NewFill,
  when?: Prisma.Sql,
): Prisma.Sql => {
  const row = {
    id: fillId,
    order_id: orderId,
    position_id: positionId,
    account_id: account.id,
    market_id: marketId,
    venue_id: venue.id,
    venue_fill_id: fill.venueFillId,
    side,
    price: toColumn(fill.price),
    quantity: toColumn(fill.quantity),
    fee: toColumn(fill.fee),
    fee_currency: fill.feeCurrency,
    slippage: toColumnOrNull(fill.slippage),
    filled_at: new Date(fill.filledAt),
  };
  return insertRows("fills", [row], when);
};
