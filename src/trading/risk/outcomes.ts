import { feeOf } from "../execution/fees";
import type { Decimal } from "../money";
import { pricePnl } from "../portfolio/position";
import type { EntryRequest, SizedEntry } from "./risk-context";

const netAt = (exit: Decimal, entry: EntryRequest, order: SizedEntry): Decimal =>
  pricePnl(entry.side, { entry: order.price, exit }, order.quantity)
    .minus(order.fee)
    .minus(feeOf(exit, order.quantity));

/** Net profit when the target fills, after the fees of entry and exit, in quote currency. */
export const profitAtTarget = (entry: EntryRequest, order: SizedEntry): Decimal =>
  netAt(entry.takeProfit, entry, order);

/** Net loss when the stop fills, after both fees, as a positive number in quote currency. */
export const lossAtStop = (entry: EntryRequest, order: SizedEntry): Decimal =>
  netAt(entry.stopLoss, entry, order).neg();
