import { expect, it } from "vitest";
import { entrySideOf, fillMarketOrder } from "../../execution/fill-market-order";
import { liquidityOf } from "../../execution/liquidity";
import { NEWEST_MATCHING } from "../../execution/matching";
import { decimal, sumOf, toLotDown } from "../../money";
import { cutIntoLegs, priceLegs } from "../../portfolio/entry-legs";
import { buildEntry, buildMarket } from "../testing/risk-context-builder";
import { riskQuantity } from "./risk-quantity";

const RISKED = { entry: buildEntry(), referencePrice: decimal(1000), risk: decimal(100), market: buildMarket() };

it.each<["long" | "short", number, number]>([
  ["long", 1000, 0],
  ["long", 1001, 0],
  ["short", 1000, 0],
  ["short", 999, 0],
])("is none for a %s whose stop is at %d, not beyond the entry", (side, stop, least) => {
  const given = { ...RISKED, entry: buildEntry({ side }), stopLoss: decimal(stop), distanceMin: decimal(least) };
  expect(riskQuantity(given)).toBeNull();
});

it.each<["long" | "short", number]>([
  ["long", 950],
  ["short", 1050],
])("lets the stop of a %s cost no more than the risk, and not much less", (side, stop) => {
  const given = { ...RISKED, entry: buildEntry({ side }), stopLoss: decimal(stop), distanceMin: decimal(1) };
  const quantity = riskQuantity(given)?.toNumber() ?? 0;
  expect(quantity).toBeLessThanOrEqual(2);
  expect(quantity).toBeGreaterThan(1.99);
});

it.each<["long" | "short", number]>([
  ["long", 750],
  ["short", 1250],
])(
  "lets the stop of a %s cost no more than the risk in legs too, however far its first order moves the price",
  (side, stop) => {
    const dca = { legs: [{ againstFraction: 0.249, share: 0.5 }] };
    const market = buildMarket({ candleValue: decimal(1) });
    const given = {
      ...RISKED,
      entry: buildEntry({ side }),
      stopLoss: decimal(stop),
      distanceMin: decimal(0),
      dca,
      market,
    };
    const quantity = toLotDown(riskQuantity(given) ?? 0, market.rules.lot);
    const { first, parts } = cutIntoLegs(quantity, dca, market.rules.lot);
    const order = { side: entrySideOf(side), quantity: first, referencePrice: decimal(1000), ...liquidityOf(market) };
    const costs = { tick: decimal(market.rules.tick), takerFeeRate: decimal(0) };
    const { price } = fillMarketOrder({ ...order, ...costs });
    const legs = priceLegs(parts, { side, entryPrice: price, ...costs });
    const entered = [{ price, quantity: first }, ...legs];
    const lost = sumOf(entered.map((each) => decimal(each.price).minus(stop).abs().times(each.quantity)));
    expect(lost.lte(100), lost.toFixed()).toBe(true);
  },
);

it("is measured at the price at which the bot's own matching would fill: less in a candle that ranged wide", () => {
  const given = {
    entry: buildEntry(),
    referencePrice: decimal(1000),
    stopLoss: decimal(950),
    risk: decimal(100),
    distanceMin: decimal(1),
  };
  const [first, calm, wild] = [
    {},
    { matching: NEWEST_MATCHING, candleRange: 0.001 },
    { matching: NEWEST_MATCHING, candleRange: 0.2 },
  ].map((part) => riskQuantity({ ...given, market: buildMarket(part) }));
  expect(calm?.toFixed()).toBe(first?.toFixed());
  expect(wild?.lt(calm ?? 0)).toBe(true);
});
