import { describe, expect, it } from "vitest";
import { NEWEST_MATCHING } from "../../execution/matching";
import { decimal } from "../../money";
import type { RiskContext } from "../basis/risk-context";
import { riskLimitsSchema } from "../risk-limits";
import { RISK_RULES, type LimitName } from "../risk-rules";
import { buildContext, buildEntry, buildMarket, buildOrder } from "../testing/risk-context-builder";

/** 1000 x 0.9 / (1 - 0.0505): of the highest tier. Version 1 would say 904. */
const LARGE_LIQUIDATION = decimal(900).div("0.9495").toFixed();

type Case = [
  rule: string,
  situation: string,
  context: Partial<RiskContext<LimitName>>,
  outcome: "pass" | "fail" | "unknown",
  measured: string | null,
];

const market = (part: Parameters<typeof buildMarket>[0]) => ({ market: buildMarket(part) });
const funding = (rate: string | null) => market({ fundingRatePer8h: rate === null ? null : decimal(rate) });
const spread = (fraction: string | null) => market({ spreadFraction: fraction === null ? null : decimal(fraction) });
const volume = (value: number | null) => market({ quoteVolume24h: value === null ? null : decimal(value) });
const short = (part: Parameters<typeof buildEntry>[0] = {}) => ({ entry: buildEntry({ side: "short", ...part }) });
const long = (part: Parameters<typeof buildEntry>[0]) => ({ entry: buildEntry(part) });
const like = (...values: (number | null)[]) => ({
  correlations: values.map((value, index) => ({ pair: `P${index}/USDT`, value })),
});
const strictest = { ...riskLimitsSchema.parse({}), correlationMax: 0 };
const [d950, d1050] = [decimal(950), decimal(1050)];

const CASES: Case[] = [
  ["correlation", "nothing open on the side", {}, "pass", null],
  ["correlation", "nothing open, where no likeness is let pass", { limits: strictest }, "pass", null],
  ["correlation", "the highest just under the limit", like(0.2, 0.79), "pass", "0.7900"],
  ["correlation", "the highest at the limit", like(0.8, 0.1), "fail", "0.8000"],
  ["correlation", "a strong opposite move", like(-0.99), "pass", "-0.9900"],
  ["correlation", "one unknown, one low", like(null, 0.3), "unknown", "0.3000"],
  ["correlation", "all unknown", like(null), "unknown", null],
  ["correlation", "one unknown, one too high", like(null, 0.9), "fail", "0.9000"],
  ["funding", "a long that pays the limit", funding("0.0005"), "pass", "0.0005"],
  ["funding", "a long that pays more", funding("0.00050001"), "fail", "0.00050001"],
  ["funding", "a long that is paid", funding("-0.01"), "pass", "-0.01"],
  ["funding", "a short that pays the limit", { ...funding("-0.0005"), ...short() }, "pass", "0.0005"],
  ["funding", "a short that pays more", { ...funding("-0.0006"), ...short() }, "fail", "0.0006"],
  ["funding", "a short that is paid", { ...funding("0.01"), ...short() }, "pass", "-0.01"],
  ["funding", "an unknown rate", funding(null), "unknown", null],
  ["spread", "the limit", spread("0.002"), "pass", "0.002000"],
  ["spread", "more than the limit", spread("0.002001"), "fail", "0.002001"],
  ["spread", "an unknown spread on paper", spread(null), "unknown", null],
  ["spread", "an unknown spread with real money", { ...spread(null), isLive: true }, "fail", null],
  ["quote-volume", "the floor", volume(1_000_000), "pass", "1000000"],
  ["quote-volume", "less than the floor", volume(999_999), "fail", "999999"],
  ["quote-volume", "an unknown volume on paper", volume(null), "unknown", null],
  ["quote-volume", "an unknown volume with real money", { ...volume(null), isLive: true }, "fail", null],
  ["leverage", "a long at its cap", long({ leverage: decimal(5) }), "pass", "5"],
  ["leverage", "a long above its cap", long({ leverage: decimal("5.01") }), "fail", "5.01"],
  ["leverage", "a short at its cap", short({ leverage: decimal(3) }), "pass", "3"],
  ["leverage", "a short above its cap", short({ leverage: decimal("3.01") }), "fail", "3.01"],
  [
    "leverage",
    "the market's cap",
    { ...long({ leverage: decimal(2) }), ...market({ rules: { leverageMax: 2 } }) },
    "pass",
    "2",
  ],
  [
    "leverage",
    "above the market's cap",
    { ...long({ leverage: decimal(3) }), ...market({ rules: { leverageMax: 2 } }) },
    "fail",
    "3",
  ],
  [
    "leverage",
    "above the cap of the margin tier",
    {
      ...long({ leverage: decimal(11) }),
      order: buildOrder({ notional: decimal(30_000_000) }),
      market: buildMarket({ matching: NEWEST_MATCHING }),
      limits: { ...riskLimitsSchema.parse({}), longLeverageMax: 20 },
    },
    "fail",
    "11",
  ],
  ["protection-side", "a long between stop and target", {}, "pass", "1000"],
  ["protection-side", "a long on its stop", long({ stopLoss: decimal(1000) }), "fail", "1000"],
  ["protection-side", "a long on its target", long({ takeProfit: decimal(1000) }), "fail", "1000"],
  ["protection-side", "a short between target and stop", short({ stopLoss: d1050, takeProfit: d950 }), "pass", "1000"],
  ["protection-side", "a short with a long's levels", short({ stopLoss: d950, takeProfit: d1050 }), "fail", "1000"],
  ["stop-distance", "the least distance", long({ stopLoss: decimal(995) }), "pass", "0.005000"],
  ["stop-distance", "nearer than that", long({ stopLoss: decimal("995.1") }), "fail", "0.004900"],
  ["stop-distance", "the greatest distance", long({ stopLoss: decimal(750) }), "pass", "0.250000"],
  ["stop-distance", "farther than that", long({ stopLoss: decimal("749.9") }), "fail", "0.250100"],
  ["stop-distance", "a short as near as allowed", short({ stopLoss: decimal(1005) }), "pass", "0.005000"],
  [
    "liquidation-distance",
    "a long's stop above it",
    long({ leverage: decimal(5), stopLoss: decimal("804.1") }),
    "pass",
    "804",
  ],
  [
    "liquidation-distance",
    "a long's stop on it",
    long({ leverage: decimal(5), stopLoss: decimal(804) }),
    "fail",
    "804",
  ],
  [
    "liquidation-distance",
    "a short's stop below it",
    short({ leverage: decimal(5), stopLoss: decimal("1195.9") }),
    "pass",
    "1196",
  ],
  [
    "liquidation-distance",
    "a short's stop on it",
    short({ leverage: decimal(5), stopLoss: decimal(1196) }),
    "fail",
    "1196",
  ],
  [
    "liquidation-distance",
    "a stop that the margin tier of a large position comes before",
    {
      ...long({ leverage: decimal(10), stopLoss: decimal(940) }),
      order: buildOrder({ quantity: decimal(200_000) }),
      market: buildMarket({ matching: NEWEST_MATCHING }),
    },
    "fail",
    LARGE_LIQUIDATION,
  ],
  ["order-quantity", "the market's least", { order: buildOrder({ quantity: decimal("0.001") }) }, "pass", "0.001"],
  [
    "order-quantity",
    "less than the market's least",
    { order: buildOrder({ quantity: decimal("0.0009") }) },
    "fail",
    "0.0009",
  ],
  [
    "order-quantity",
    "nothing, where the market states no least",
    { ...market({ rules: { quantityMin: "0" } }), order: buildOrder({ quantity: decimal(0) }) },
    "fail",
    "0",
  ],
];

describe("rules on the market and the levels", () => {
  it.each(CASES)("%s, given %s", (name, _situation, part, outcome, measured) => {
    const finding = RISK_RULES.find((rule) => rule.name === name)?.check(buildContext(part));
    expect(finding).toMatchObject({ outcome, measured });
  });
});
