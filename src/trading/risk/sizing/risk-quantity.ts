import { entrySideOf, fillMarketOrder } from "../../execution/fill-market-order";
import { liquidityOf } from "../../execution/liquidity";
import { decimal, maxOf, minOf, sumOf, ZERO, type Decimal } from "../../money";
import { NO_DCA, type DcaSettings } from "../../portfolio/entry-legs";
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
  /** Default: one order. */
  readonly dca?: DcaSettings;
};

/**
 * How much nearer to the stop the legs of a plan are at the least than its first order at this price, per unit of the
 * whole.
 */
const nearerBy = ({ dca = NO_DCA, distanceMin }: Risked, price: Decimal): Decimal =>
  // What counts as a least distance counts for the legs too.
  distanceMin.gt(0)
    ? ZERO
    : sumOf(dca.legs.map(({ againstFraction, share }) => price.times(againstFraction).times(share)));

/** Legs are cut to lots, so that a lot of each may stay with the first. */
const riskOfLots = ({ dca = NO_DCA, market, referencePrice }: Risked): Decimal =>
  sumOf(dca.legs.map(({ againstFraction }) => referencePrice.times(againstFraction).times(market.rules.lot)));

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
  const distance = maxOf(near, far).minus(nearerBy(risked, minOf(referencePrice, filled.price)));
  return far.lte(0) || distance.lte(0) ? null : maxOf(risk.minus(riskOfLots(risked)), ZERO).div(distance);
};
