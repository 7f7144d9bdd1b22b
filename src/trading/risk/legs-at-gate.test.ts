import { describe, expect, it } from "vitest";
import { decimal } from "../money";
import { dcaSchema } from "../portfolio/entry-legs";
import { buildPosition } from "../portfolio/testing/position-builder";
import { applyClose, applyEntry } from "./apply-entry";
import { assessDecisions } from "./assess-decisions";
import { lossAtStop, profitAtTarget } from "./basis/outcomes";
import type { PortfolioView } from "./basis/risk-context";
import { riskLimitsSchema } from "./risk-limits";
import { legsBeforeStopRule } from "./rules/legs-before-stop";
import { orderQuantityRule } from "./rules/order-quantity";
import { orderValueRule } from "./rules/order-value";
import { sumUser } from "./sum-user";
import {
  buildContext,
  buildDecision,
  buildEntry,
  buildHistory,
  buildMarket,
  buildOrder,
  buildPortfolio,
  buildUser,
  inItsMarket,
  NEUTRAL,
  SLOT,
} from "./testing/risk-context-builder";

const LEG = { price: "970", quantity: "1", fee: "0.5" };
/** 1 at 1000 now and 1 at 970 later, for 0.5 each: 1970 together. */
const inLegs = (changes: Parameters<typeof buildOrder>[0] = {}) =>
  buildOrder({
    quantity: decimal(2),
    firstQuantity: decimal(1),
    legs: [LEG],
    notional: decimal(1970),
    margin: decimal(1970),
    fee: decimal(1),
    ...changes,
  });

const amounts = (books: PortfolioView) =>
  [books.equity, books.cash, books.margin, books.grossNotional].map((amount) => amount.toFixed()).join(" ");

describe("an entry in legs, at the gate", () => {
  it("loses all of it at its stop, and wins what its first order alone wins at its target", () => {
    // To 950: 50 and 20, the fees of both exits 0.475 each, those of both entries 1.
    expect(lossAtStop(buildEntry(), inLegs()).toFixed()).toBe("71.95");
    // To 1100: 100 less its exit's fee 0.55 and its own 0.5.
    expect(profitAtTarget(buildEntry(), inLegs()).toFixed()).toBe("98.95");
  });

  it.each([
    ["long", 950, ["970", "955"], "pass", "955"],
    ["long", 950, ["970", "950"], "fail", "950"],
    ["short", 1050, ["1030", "1045"], "pass", "1045"],
    ["short", 1050, ["1030", "1050"], "fail", "1050"],
  ] as const)(
    "of a %s has to have its farthest leg before the stop at %i: %j %s",
    (side, stop, prices, outcome, far) => {
      const entry = buildEntry({ side, stopLoss: decimal(stop) });
      const order = inLegs({ legs: prices.map((price) => ({ ...LEG, price })) });
      expect(legsBeforeStopRule.check(buildContext({ entry, order }))).toMatchObject({ outcome, measured: far });
    },
  );

  it("has to be worth its fees, and large enough for its market, in each of its parts", () => {
    const check = (first: string, leg: string) => {
      const order = inLegs({ firstQuantity: decimal(first), legs: [{ ...LEG, quantity: leg }] });
      const context = buildContext({ order, market: buildMarket({ rules: { quantityMin: "0.1" } }) });
      return [orderValueRule, orderQuantityRule].map((rule) => {
        const { outcome, measured } = rule.check(context);
        return `${outcome} ${measured}`;
      });
    };
    expect(check("1.9", "0.1")).toEqual(["pass 97", "pass 0.1"]);
    expect(check("1.95", "0.05")).toEqual(["fail 48.5", "fail 0.05"]);
    expect(check("0.04", "1.96")).toEqual(["fail 40", "fail 0.04"]);
  });

  it("counts with all of it in the books that the next decision of its cycle is judged on", () => {
    const books = applyEntry(buildPortfolio(), {
      entry: buildEntry(),
      order: inLegs(),
      market: buildMarket(),
      time: SLOT,
    });
    // Only the first part is paid for: 0.5 of equity.
    expect(amounts(books)).toBe("9999.5 8029 1970 1970");
    expect(books.positions.map(({ quantity, exitPlan }) => [quantity.toFixed(), exitPlan?.entryLegs])).toEqual([
      ["1", [LEG]],
    ]);
  });

  it("gives back what its legs kept once it is closed, in part or as a whole", () => {
    const position = buildPosition({ quantity: decimal(2) });
    const held = {
      ...position,
      exitPlan: { ...position.exitPlan, entryLegs: [{ price: "95", quantity: "1", fee: "0.1" }] },
    };
    const before = buildPortfolio({
      cash: decimal("9704.9"),
      margin: decimal(295),
      grossNotional: decimal(295),
      positions: [held],
    });
    const close = (quantity: number) =>
      applyClose(before, { position: held, quantity: decimal(quantity), pnl: decimal(0), fee: decimal("0.1") });
    expect(amounts(close(2))).toBe("9999.9 9999.9 0 0");
    expect(amounts(close(1))).toBe("9999.9 9899.9 100 100");
    expect(close(1).positions.map(({ exitPlan }) => exitPlan?.entryLegs)).toEqual([[]]);
  });

  it("counts with what is still to come in what its user allows all bots", () => {
    const position = buildPosition();
    const held = {
      ...position,
      exitPlan: { ...position.exitPlan, entryLegs: [{ price: "95", quantity: "2", fee: "0.1" }] },
    };
    const { limits } = buildUser();
    const sums = sumUser(
      { limits, exposures: [], loss: decimal(0) },
      {
        entry: buildEntry(),
        market: buildMarket(),
        portfolio: buildPortfolio({ positions: [held], grossNotional: decimal(290) }),
        correlationsOf: () => [{ pair: "BTC/USDT", value: 1 }],
      },
    );
    expect([sums.gross, sums.sameSide].map((sum) => sum.toFixed())).toEqual(["290", "290"]);
  });

  it("is sized whole, ordered in its first part, and planned in the others at their distances", () => {
    const dca = dcaSchema.parse({ legs: [{ againstFraction: 0.02, share: 0.4 }] });
    const [result] = assessDecisions({
      time: SLOT,
      intervalSeconds: 300,
      isLive: false,
      tradingState: "active",
      isControl: false,
      limits: riskLimitsSchema.parse({ rewardToRiskMin: 0.5 }),
      decisions: [inItsMarket(buildDecision())],
      portfolio: buildPortfolio(),
      marketOf: () => buildMarket(),
      historyOf: () => buildHistory(),
      correlationsOf: () => [],
      ...NEUTRAL,
      dca,
    });
    const { order, verdict } = result ?? {};
    expect(verdict?.outcome).toBe("approved");
    // 1.083 together, and 2 % below 1000.2.
    expect(order?.quantity.toFixed()).toBe("0.65");
    expect(order?.legs.map(({ price, quantity }) => `${quantity} at ${price}`)).toEqual(["0.433 at 980.2"]);
  });
});
