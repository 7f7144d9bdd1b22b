import { describe, expect, it } from "vitest";
import { decimal } from "../money";
import { assessDecisions, type Assessment } from "./assess-decisions";
import { riskLimitsSchema } from "./risk-limits";
import { describeVerdict } from "./describe-verdict";
import {
  buildDecision,
  buildHistory,
  buildMarket,
  buildPortfolio,
  inItsMarket,
  NEUTRAL,
  SLOT,
  STANDARD_RULES,
} from "./testing/risk-context-builder";

const assess = (part: Partial<Assessment>) =>
  assessDecisions({
    time: SLOT,
    intervalSeconds: 300,
    isLive: false,
    tradingState: "active",
    isControl: true,
    limits: riskLimitsSchema.parse({}),
    decisions: [],
    portfolio: buildPortfolio(),
    marketOf: () => buildMarket(),
    historyOf: () => buildHistory(),
    correlationsOf: () => [],
    ...NEUTRAL,
    ...part,
  });

describe("the control", () => {
  const toHold = { stopLoss: null, takeProfit: null, leverage: 1, score: 1 };
  /** Books after a deep fall: every rule about losses would refuse. */
  const fallen = buildPortfolio({
    equity: decimal(4000),
    cash: decimal(4000),
    dayStartEquity: decimal(9000),
    dayLowEquity: decimal(4000),
  });
  const afterLosses = () => buildHistory({ lastStopAt: SLOT, lossPauseUntil: SLOT + 86_400_000 });
  const LIFTED = [
    "cooldown",
    "loss-pause",
    "daily-loss",
    "drawdown",
    "protection-side",
    "stop-distance",
    "liquidation-distance",
    "reward-to-risk",
    "net-profit",
  ];

  it("enters without a stop whatever it lost, and its verdict names each rule that it is exempt from", () => {
    const part = { portfolio: fallen, historyOf: afterLosses, decisions: [inItsMarket(buildDecision(toHold))] };
    const [{ verdict, order } = { verdict: null, order: null }] = assess(part);
    expect(verdict).toMatchObject({ outcome: "approved", rule: null });
    expect(verdict?.reason).toMatch(/as the control it is exempt from the rules about stops and losses/);
    expect(order).toMatchObject({ purpose: "entry", stopLoss: null, takeProfit: null });
    const exempt = (verdict?.checks ?? []).filter(({ outcome }) => outcome === "exempt");
    expect(exempt.map(({ rule }) => rule)).toEqual(LIFTED);
    expect(verdict?.checks).toHaveLength(STANDARD_RULES.length);
  });

  it("made smaller says so and names its exemption, when it is judged and when its verdict is read again", () => {
    const tight = buildPortfolio({ cash: decimal(500) });
    const [result] = assess({
      portfolio: tight,
      decisions: [inItsMarket(buildDecision({ ...toHold, sizeFraction: 0.9 }))],
    });
    const { verdict } = result ?? {};
    expect(verdict).toMatchObject({ outcome: "resized" });
    const { outcome, rule, reason } = verdict ?? { outcome: "approved" as const, rule: null, reason: "" };
    expect(reason).toMatch(/^made smaller to keep .*; as the control it is exempt/);
    const stored = { outcome, rule, reason: "of an older version", failed: null };
    expect(describeVerdict({ ...stored, isExempt: true })).toBe(reason);
    expect(describeVerdict({ ...stored, isExempt: false })).not.toMatch(/exempt/);
  });

  it.each<[string, Partial<Assessment>, string]>([
    ["that is reducing", { tradingState: "reducing" }, "trading-state"],
    ["without fresh prices", { marketOf: () => buildMarket({ referencePrice: null }) }, "stale-data"],
    [
      "whose candle had its entry",
      { historyOf: () => buildHistory({ hasEnteredThisCandle: true }) },
      "one-entry-per-candle",
    ],
    [
      "in a market that trades too little",
      { marketOf: () => buildMarket({ quoteVolume24h: decimal(1) }) },
      "quote-volume",
    ],
  ])("%s is refused like any bot", (_which, part, rule) => {
    const results = assess({ decisions: [inItsMarket(buildDecision(toHold))], ...part });
    expect(results[0]).toMatchObject({ order: null, verdict: { outcome: "rejected", rule } });
  });

  it.each([
    ["a bot of another mode", false, {}],
    ["a control with leverage", true, { leverage: 2 }],
    ["a control that goes short", true, { side: "short" as const }],
    ["a control with a target alone", true, { takeProfit: "1100" }],
    ["a control with a stop alone", true, { stopLoss: "950" }],
  ])("%s without stop and target is refused", (_who, isControl, wish) => {
    const results = assess({ isControl, decisions: [inItsMarket(buildDecision({ ...toHold, ...wish }))] });
    expect(results[0]).toMatchObject({ order: null, verdict: { outcome: "rejected", rule: "protection-side" } });
  });

  it("with a stop of its own is judged by every rule", () => {
    const results = assess({ portfolio: fallen, decisions: [inItsMarket(buildDecision({ leverage: 1 }))] });
    expect(results[0]).toMatchObject({ order: null, verdict: { outcome: "rejected", rule: "daily-loss" } });
  });
});
