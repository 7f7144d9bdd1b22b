import { toLotDown, type Decimal } from "../money";
import { fillMarketOrder, type MarketFill, type MarketOrder } from "./fill-market-order";
import { secondOf } from "./matching";
import { agitationOf } from "./quote-from-candle";

/** A market order, of which a candle gives no more than its share, in whole lots. */
export type SharedOrder = MarketOrder & { readonly lot: string | Decimal };

/**
 * The most that an order can take of a candle, base units: a share of what was traded, an n-th of it where the candle
 * ranged n times as wide as a calm one. Null: no bound, by matching version 1 or where the volume is unknown.
 */
export const quantityWithinShare = (order: SharedOrder): Decimal | null => {
  const { candleValue, candleRange, referencePrice, lot } = order;
  const second = secondOf(order.matching);
  if (second === null || candleValue === null) return null;
  const share = candleValue.times(second.volumeShareMax).div(agitationOf(candleRange, second));
  return toLotDown(share.div(referencePrice), lot);
};

/** Fills as much of a market order as its candle gives; null: nothing. */
export const fillWithinShare = (order: SharedOrder): MarketFill | null => {
  const most = quantityWithinShare(order);
  const quantity = most?.lt(order.quantity) === true ? most : order.quantity;
  return quantity.isZero() ? null : fillMarketOrder({ ...order, quantity });
};
