import { describe, expect, it } from "vitest";
import { decimal } from "../money";
import { riskLimitsSchema } from "./risk-limits";
import { scoreFactor } from "../decision/basis/score-factor";
import { buildDecision, buildEntry, buildMarket, buildPortfolio, sizeBy } from "./testing/risk-context-builder";

const limits = riskLimitsSchema.parse({});

describe("scoreFactor", () => {
  it.each([
    [0, "0.5"],
    [0.3, "0.5"],
    [0.45, "0.675"],
    [0.6, "0.85"],
    [0.75, "1.025"],
    [0.9, "1.2"],
    [1, "1.2"],
  ])("a score of %d is worth %s of the wanted size", (score, factor) => {
    expect(scoreFactor(score).toFixed()).toBe(factor);
  });
});

describe("sizeEntry", () => {
  const size = (part: Partial<Parameters<typeof sizeBy>[0]>) =>
    sizeBy({ entry: buildEntry(), market: buildMarket(), portfolio: buildPortfolio(), limits, ...part });

  it("takes the wanted share of equity, scaled by the score, at the price of the fill", () => {
    // 10,000 x 0.1 x factor(0.6) = 850; filled at 1000 + 0.1 + 0.5 x sqrt(850 / 1,000,000), up to the tick.
    const order = size({ entry: buildEntry({ decision: buildDecision({ score: 0.6 }) }) });
    expect(order).toMatchObject({ resizedBy: null });
    expect(
      [order.quantity, order.price, order.notional, order.margin, order.fee].map((value) => value.toFixed()),
    ).toEqual(["0.849", "1000.2", "849.1698", "849.1698", "0.4245849"]);
  });

  const wish = { sizeFraction: 1, decision: buildDecision({ score: 0.9 }) };
  it.each([
    ["position-margin", { entry: buildEntry(wish) }, "2.499"],
    ["total-margin", { entry: buildEntry(wish), portfolio: buildPortfolio({ margin: decimal(8000) }) }, "0.499"],
    [
      "gross-notional",
      { entry: buildEntry(wish), portfolio: buildPortfolio({ grossNotional: decimal(19_900) }) },
      "0.099",
    ],
    ["cash", { entry: buildEntry(wish), portfolio: buildPortfolio({ cash: decimal(300) }) }, "0.299"],
  ])("is cut to what %s leaves, and says so", (limit, part, quantity) => {
    const order = size(part);
    expect(order.resizedBy).toBe(limit);
    expect(order.quantity.toFixed()).toBe(quantity);
  });

  it.each([
    // At 1,000 to buy 7,500 the price is 1000.2 (1000 + 0.1 + 0.5 x sqrt(7500 / 1,000,000) = 1000.1433, up to the tick).
    // 25 % of 10,000 is a margin of 2,500: 7,500 at leverage 3, so 7500 / 1000.2 = 7.4985, down to the lot.
    ["position-margin", {}, "7.498"],
    // 85 % of 10,000 less the margin of 8,000 in use leaves 500 of margin: 1,500 at leverage 3, at 1000.2.
    ["total-margin", { margin: decimal(8000) }, "1.499"],
    // 300 of cash pay a third of the value and its fee: 300 / (1/3 + 0.0005) = 898.65, at 1000.2.
    ["cash", { cash: decimal(300) }, "0.898"],
  ])(
    "lets %s bind margin, not value: with leverage 3 it leaves room for three times as much",
    (limit, books, quantity) => {
      const entry = buildEntry({ ...wish, leverage: decimal(3) });
      const order = size({ entry, portfolio: buildPortfolio(books), limits: { ...limits, grossNotionalMax: 10 } });
      expect(order.resizedBy).toBe(limit);
      expect(order.quantity.toFixed()).toBe(quantity);
      expect(order.margin.toFixed()).toBe(order.notional.div(3).toDecimalPlaces(8).toFixed());
    },
  );

  it("names the price that was judged where nothing is ordered", () => {
    // No price: the decision's own. A lot of 10 is too large for 1,083 at 1000: it would fill at 1000.1165, up to the tick.
    expect(size({ market: buildMarket({ referencePrice: null }) }).price.toFixed()).toBe("1000");
    const tooLarge = size({ market: buildMarket({ rules: { lot: "10" } }) });
    expect([tooLarge.quantity, tooLarge.price].join(" ")).toBe("0 1000.2");
  });

  it("orders nothing without a price, without room and without equity", () => {
    const none = [
      size({ market: buildMarket({ referencePrice: null }) }),
      size({ portfolio: buildPortfolio({ margin: decimal(8500) }) }),
      size({ portfolio: buildPortfolio({ cash: decimal(0) }) }),
      size({ portfolio: buildPortfolio({ equity: decimal(-5), cash: decimal(-5) }) }),
      size({ entry: buildEntry({ sizeFraction: 0 }) }),
    ];
    expect(none.map((order) => [order.quantity, order.notional, order.margin, order.fee].join(" "))).toEqual(
      none.map(() => "0 0 0 0"),
    );
  });
});
