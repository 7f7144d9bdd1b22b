import { feeOf } from "../../execution/fees";
import { invariant } from "../../invariant";
import { decimal, sumOf, type Decimal } from "../../money";
import { reservedBy } from "../../portfolio/reserved";
import { pricePnl } from "../../portfolio/position";
import type { EntryRequest, SizedEntry } from "./risk-context";

type Protection = { readonly stopLoss: Decimal; readonly takeProfit: Decimal };

/** An entry's stop and target. Only rules that exempt the control call this, so both exist. */
export const protectionOf = ({ stopLoss, takeProfit }: EntryRequest): Protection => {
  invariant(stopLoss && takeProfit, "an entry without stop and target is the control's, which this rule exempts");
  return { stopLoss, takeProfit };
};

type Leaving = { readonly price: Decimal; readonly quantity: Decimal };

/** Profit of what leaves less the fee of its exit. */
const netOf = ({ price, quantity }: Leaving, { side }: EntryRequest, order: SizedEntry): Decimal =>
  pricePnl(side, { entry: order.price, exit: price }, quantity).minus(feeOf(price, quantity, order.takerFeeRate));

/**
 * What leaves where, when every target fills: parts at those of their own that come first, the rest at the entry's.
 * Parts are not cut to lots, which moves less than a lot from one target to the other.
 */
const leavingAtTargets = (
  entry: EntryRequest,
  { price: entryPrice, firstQuantity: quantity }: SizedEntry,
): Leaving[] => {
  const { takeProfit } = protectionOf(entry);
  const sign = entry.side === "long" ? 1 : -1;
  const isBefore = (price: Decimal): boolean => (entry.side === "long" ? price.lt(takeProfit) : price.gt(takeProfit));
  const wanted = (entry.decision.exits?.targets ?? []).map(({ atFraction, share }) => ({
    price: entryPrice.times(decimal(1).plus(decimal(atFraction).times(sign))),
    share: decimal(share),
  }));
  const parts = (entry.parts ?? wanted)
    .map(({ price, share }) => ({ price, quantity: quantity.times(share) }))
    .filter(({ price }) => isBefore(price));
  const rest = parts.reduce((left, part) => left.minus(part.quantity), quantity);
  return [...parts, { price: takeProfit, quantity: rest }];
};

/**
 * Net profit when every target fills, after the fees of entry and exits, in quote currency: of the first order alone,
 * because no leg is sure to be entered before.
 */
export const profitAtTarget = (entry: EntryRequest, order: SizedEntry): Decimal => {
  const entryFee = order.fee.minus(reservedBy(order.legs, entry.leverage).fees);
  return sumOf(leavingAtTargets(entry, order).map((leaving) => netOf(leaving, entry, order))).minus(entryFee);
};

/**
 * Net loss when the stop fills, after both fees, as a positive number in quote currency: of the first order and all
 * legs, because each is entered on the way to the stop.
 */
export const lossAtStop = (entry: EntryRequest, order: SizedEntry): Decimal => {
  const { side } = entry;
  const exit = protectionOf(entry).stopLoss;
  const first = netOf({ price: exit, quantity: order.firstQuantity }, entry, order);
  const legs = order.legs.map(({ price, quantity }) =>
    pricePnl(side, { entry: decimal(price), exit }, decimal(quantity)).minus(
      feeOf(exit, decimal(quantity), order.takerFeeRate),
    ),
  );
  return first.plus(sumOf(legs)).minus(order.fee).neg();
};
