import { feeOf } from "../../execution/fees";
import { invariant } from "../../invariant";
import type { Decimal } from "../../money";
import { pricePnl } from "../../portfolio/position";
import type { EntryRequest, SizedEntry } from "./risk-context";

type Protection = { readonly stopLoss: Decimal; readonly takeProfit: Decimal };

/** An entry's stop and target. Only rules that exempt the control call this, so both exist. */
export const protectionOf = ({ stopLoss, takeProfit }: EntryRequest): Protection => {
  invariant(stopLoss && takeProfit, "an entry without stop and target is the control's, which this rule exempts");
  return { stopLoss, takeProfit };
};

const netAt = (exit: Decimal, entry: EntryRequest, order: SizedEntry): Decimal =>
  pricePnl(entry.side, { entry: order.price, exit }, order.quantity)
    .minus(order.fee)
    .minus(feeOf(exit, order.quantity, order.takerFeeRate));

/** Net profit when the target fills, after the fees of entry and exit, in quote currency. */
export const profitAtTarget = (entry: EntryRequest, order: SizedEntry): Decimal =>
  netAt(protectionOf(entry).takeProfit, entry, order);

/** Net loss when the stop fills, after both fees, as a positive number in quote currency. */
export const lossAtStop = (entry: EntryRequest, order: SizedEntry): Decimal =>
  netAt(protectionOf(entry).stopLoss, entry, order).neg();
