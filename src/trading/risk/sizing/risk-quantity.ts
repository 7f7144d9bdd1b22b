import { entrySideOf, fillMarketOrder } from "../../execution/fill-market-order";
import { liquidityOf } from "../../execution/liquidity";
import { decimal, maxOf, type Decimal } from "../../money";
import type { EntryRequest, MarketView } from "../basis/risk-context";

type Risked = {
  readonly entry: Pick<EntryRequest, "side">;
  readonly market: Pick<MarketView, "rules" | "candleValue" | "candleRange" | "matching">;
  readonly referencePrice: Decimal;
  readonly stopLoss: Decimal;
  /** What the stop may cost before fees, in quote currency. */
  readonly risk: Decimal;
  /** The nearest that the stop is taken to be, in quote per base. */
  readonly distanceMin: Decimal;
};

/**
 * The largest quantity whose stop costs no more than the risk. The order itself moves the price, for a smaller quantity
 * by less, so the distance is taken from the price that the quantity without that move would be filled at. Null where
 * the stop is on the wrong side or at the entry.
 */
export const riskQuantity = (risked: Risked): Decimal | null => {
  const { entry, market, referencePrice, stopLoss, risk, distanceMin } = risked;
  const { rules } = market;
  const away = (price: Decimal): Decimal =>
    maxOf(entry.side === "long" ? price.minus(stopLoss) : stopLoss.minus(price), distanceMin);
  const near = away(referencePrice);
  if (near.lte(0)) return null;
  const filled = fillMarketOrder({
    side: entrySideOf(entry.side),
    quantity: risk.div(near),
    referencePrice,
    tick: decimal(rules.tick),
    takerFeeRate: decimal(rules.takerFeeRate),
    ...liquidityOf(market),
  });
  const far = away(filled.price);
  // A short is filled below the reference price, which takes it farther from its stop, as a long is above it.
  return far.lte(0) ? null : risk.div(maxOf(near, far));
};
