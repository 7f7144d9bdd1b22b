import { expect, it } from "vitest";
import { NEWEST_MATCHING } from "../../execution/matching";
import { decimal } from "../../money";
import { buildEntry, buildMarket } from "../testing/risk-context-builder";
import { riskQuantity } from "./risk-quantity";

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
