import { describe, expect, it } from "vitest";
import { decimal, type DecimalInput } from "../../money";
import { exitTermsSchema } from "../../portfolio/exit-terms";
import type { RiskContext } from "../basis/risk-context";
import { protectionOf } from "../basis/outcomes";
import { RISK_RULES, type LimitName } from "../risk-rules";
import { buildContext, buildEntry, buildMarket, buildOrder, buildPortfolio } from "../testing/risk-context-builder";

type Case = [
  rule: string,
  situation: string,
  context: Partial<RiskContext<LimitName>>,
  outcome: "pass" | "fail",
  measured: string,
];

const books = (part: Record<string, DecimalInput>) =>
  buildPortfolio(Object.fromEntries(Object.entries(part).map(([key, value]) => [key, decimal(value)])));
const sized = (part: Record<string, DecimalInput>) =>
  buildOrder(Object.fromEntries(Object.entries(part).map(([key, value]) => [key, decimal(value)])));
const gone = books({ equity: 0 });
const target = (takeProfit: DecimalInput) => buildEntry({ takeProfit: decimal(takeProfit) });

// The order of the builder: 1 bought at 1000 for a fee of 0.5, stop 950. The stop loses 50 + 0.5 + 0.475 = 50.975.
const CASES: Case[] = [
  ["daily-loss", "a loss under 1 % of the capital", { portfolio: books({ dayLowEquity: "9900.01" }) }, "pass", "99.99"],
  ["daily-loss", "a loss of 1 % of the capital", { portfolio: books({ dayLowEquity: 9900 }) }, "fail", "100"],
  [
    "daily-loss",
    "a loss of 3 % of a smaller day's start",
    { portfolio: books({ dayStartEquity: 2000, dayLowEquity: 1940 }) },
    "fail",
    "60",
  ],
  [
    "daily-loss",
    "a loss under 3 % of it",
    { portfolio: books({ dayStartEquity: 2000, dayLowEquity: "1940.01" }) },
    "pass",
    "59.99",
  ],
  ["daily-loss", "a day that recovered", { portfolio: books({ dayLowEquity: 9800, equity: 10_100 }) }, "fail", "200"],
  [
    "daily-loss",
    "a day that won, of which more was taken back than it began with",
    { portfolio: books({ dayStartEquity: -1000, dayLowEquity: -1000, equity: 2000 }) },
    "pass",
    "0",
  ],
  [
    "daily-loss",
    "such a day that lost 1 % of the capital",
    { portfolio: books({ dayStartEquity: -1000, dayLowEquity: -1100, equity: 2000 }) },
    "fail",
    "100",
  ],
  ["daily-loss", "a day that only won", { portfolio: books({ dayLowEquity: 10_200, equity: 10_300 }) }, "pass", "0"],
  ["drawdown", "a fall under the limit", { portfolio: books({ equity: "8500.01" }) }, "pass", "0.149999"],
  ["drawdown", "a fall to the limit", { portfolio: books({ equity: 8500 }) }, "fail", "0.150000"],
  ["position-margin", "the hard cap", { order: sized({ margin: 2500 }) }, "pass", "0.25"],
  ["position-margin", "above the hard cap", { order: sized({ margin: "2500.0001" }) }, "fail", "0.25000001"],
  ["position-margin", "no equity left", { portfolio: gone }, "fail", "Infinity"],
  ["total-margin", "the cap", { portfolio: books({ margin: 7500 }) }, "pass", "0.85"],
  ["total-margin", "above the cap", { portfolio: books({ margin: "7500.01" }) }, "fail", "0.850001"],
  ["total-margin", "no equity left", { portfolio: gone }, "fail", "Infinity"],
  ["gross-notional", "the cap", { portfolio: books({ grossNotional: 19_000 }) }, "pass", "2"],
  ["gross-notional", "above the cap", { portfolio: books({ grossNotional: "19000.01" }) }, "fail", "2.000001"],
  ["gross-notional", "no equity left", { portfolio: gone }, "fail", "Infinity"],
  ["cash", "cash for margin and fee", { portfolio: books({ cash: "1000.5" }) }, "pass", "1000.5"],
  ["cash", "cash for the margin alone", { portfolio: books({ cash: "1000.49999999" }) }, "fail", "1000.5"],
  ["order-value", "our floor", { order: sized({ notional: 50 }) }, "pass", "50"],
  ["order-value", "less than our floor", { order: sized({ notional: "49.99" }) }, "fail", "49.99"],
  [
    "order-value",
    "a higher floor of the market",
    { market: buildMarket({ rules: { notionalMin: "1000" } }) },
    "pass",
    "1000",
  ],
  [
    "order-value",
    "less than the market's floor",
    { market: buildMarket({ rules: { notionalMin: "1000.01" } }) },
    "fail",
    "1000",
  ],
  // Reward at 1077.6 and 1077.4 is 77.6 - 0.5 - 0.5388 and 77.4 - 0.5 - 0.5387.
  ["reward-to-risk", "a reward of 1.5 times the risk after fees", { entry: target("1077.6") }, "pass", "1.5019"],
  ["reward-to-risk", "a reward of less after fees", { entry: target("1077.4") }, "fail", "1.4980"],
  ["reward-to-risk", "an order of nothing", { order: sized({ quantity: 0, fee: 0 }) }, "fail", "0.0000"],
  ["net-profit", "0.05 % of equity after fees", { entry: target("1006.01") }, "pass", "5.006995"],
  ["net-profit", "less than that", { entry: target(1006) }, "fail", "4.997"],
];

/** Target 1100; with parts that leave at gains of their own. */
const inParts = (...targets: readonly { atFraction: number; share: number }[]) => {
  const entry = target(1100);
  const exits = exitTermsSchema.parse({ targets });
  return { entry: { ...entry, decision: { ...entry.decision, exits } } };
};

// Half leaves at 1020 for 10 - 0.255, the rest at 1100 for 50 - 0.275, and the entry cost 0.5.
const HALF = { atFraction: 0.02, share: 0.5 };
CASES.push(
  ["reward-to-risk", "a half that leaves earlier", inParts(HALF), "fail", "1.1568"],
  ["net-profit", "a half that leaves earlier", inParts(HALF), "pass", "58.97"],
  [
    "net-profit",
    "a part beyond the target, which takes all first",
    inParts({ atFraction: 0.2, share: 0.5 }),
    "pass",
    "98.95",
  ],
);

describe("rules on money", () => {
  it.each(CASES)("%s, given %s", (name, _situation, part, outcome, measured) => {
    const finding = RISK_RULES.find((rule) => rule.name === name)?.check(buildContext(part));
    expect(finding).toMatchObject({ outcome, measured });
  });

  it("reward-to-risk and net-profit see a short the other way round", () => {
    const entry = buildEntry({ side: "short", stopLoss: decimal(1050), takeProfit: decimal(900) });
    const findings = RISK_RULES.filter((rule) => ["reward-to-risk", "net-profit"].includes(rule.name)).map((rule) =>
      rule.check(buildContext({ entry })),
    );
    // 100 - 0.5 - 0.45 against 50 + 0.5 + 0.525.
    expect(findings.map(({ measured }) => measured)).toEqual(["1.9412", "99.05"]);
  });
});

it.each([{ stopLoss: null }, { takeProfit: null }])("an entry with %o is never taken for a protected one", (part) => {
  expect(() => protectionOf(buildEntry(part))).toThrow(/without stop and target/);
});
