import { describe, expect, it } from "vitest";
import { nearestChange, type FailedCheck } from "./nearest-change";
import { RISK_RULES } from "./risk-rules";
import { buildContext } from "./testing/risk-context-builder";

type Case = [rule: string, measured: string | null, limit: string, unit: FailedCheck["unit"], words: string];

const CASES: Case[] = [
  ["trading-state", "reducing", "active", "state", "the bot would have to be active, not reducing"],
  ["stale-data", null, "300", "seconds", "there would have to be a candle at this slot"],
  ["stale-data", "0", "300", "seconds", "there would have to be a price at this slot"],
  ["stale-data", "420", "300", "seconds", "the last candle would have to be at most 300 seconds old, not 420"],
  ["spot-is-long-only", "short", "long", "state", "the market would have to be a swap, or the side long"],
  ["one-entry-per-candle", "1", "0", "count", "another decision candle would have to close first"],
  ["pair-is-free", "1", "0", "count", "the position that is open in this pair would have to be closed first"],
  ["cooldown", "48.5", "60", "minutes", "11.5 minutes more would have to pass since the stop (of 60)"],
  ["loss-pause", "90", "0 (after 4 losses)", "minutes", "the pause would have to be over: 90 minutes are left"],
  [
    "daily-loss",
    "120.5",
    "100",
    "USDT",
    "the loss of the UTC day would have to fall from 120.5 USDT to below 100 USDT",
  ],
  ["drawdown", "0.161000", "0.15", "fraction", "drawdown would have to fall from 16.1 % to below 15 %"],
  ["trades-per-day", "11", "10", "count", "the limit of 10 entries a day would have to be 11"],
  ["entries-per-cycle", "3", "2", "count", "the limit of 2 entries a cycle would have to be 3"],
  ["open-positions", "6", "5", "count", "the limit of 5 open positions would have to be 6"],
  [
    "correlation",
    "0.9100",
    "0.8",
    "ratio",
    "the correlation with an open position would have to fall from 0.91 to below 0.8",
  ],
  [
    "funding",
    "0.0006",
    "0.0005",
    "fraction",
    "the funding to pay per 8 hours would have to fall from 0.06 % to 0.05 %",
  ],
  ["spread", "0.003100", "0.002", "fraction", "spread would have to fall from 0.31 % to 0.2 %"],
  ["spread", null, "0.002", "fraction", "spread would have to be known"],
  [
    "quote-volume",
    "999000",
    "1000000",
    "USDT",
    "the volume of 24 hours would have to rise from 999000 USDT to 1000000 USDT",
  ],
  ["leverage", "6", "5", "times", "leverage would have to fall from 6 times to 5 times"],
  [
    "protection-side",
    "1000",
    "1010 < entry < 1100",
    "price",
    "the entry at 1000 would have to lie between its stop and its target (1010 < entry < 1100)",
  ],
  [
    "stop-distance",
    "0.003000",
    "0.005 to 0.25",
    "fraction",
    "the stop would have to be further away: 0.3 % from the entry, 0.5 % at least",
  ],
  [
    "stop-distance",
    "0.300000",
    "0.005 to 0.25",
    "fraction",
    "the stop would have to be nearer: 30 % from the entry, 25 % at most",
  ],
  [
    "liquidation-distance",
    "905.0000001",
    "behind the stop at 900",
    "price",
    "the liquidation at 905 would have to lie behind the stop at 900: less leverage or a nearer stop",
  ],
  ["position-margin", "0.3", "0.25", "fraction", "the margin of the position would have to fall from 30 % to 25 %"],
  ["total-margin", "0.9", "0.85", "fraction", "the margin of all positions would have to fall from 90 % to 85 %"],
  ["gross-notional", "2.5", "2", "times", "the value of all positions would have to fall from 2.5 times to 2 times"],
  ["cash", "1000.5", "900", "USDT", "cash would have to rise from 900 USDT to 1000.5 USDT"],
  ["order-quantity", "0", "0.001", "count", "the quantity would have to rise from 0 to 0.001"],
  ["order-value", "40", "50", "USDT", "the value of the order would have to rise from 40 USDT to 50 USDT"],
  ["reward-to-risk", "1.2000", "1.5", "ratio", "reward to risk would have to rise from 1.2 to 1.5"],
  ["net-profit", "4.997", "5", "USDT", "the net profit at the target would have to rise from 4.997 USDT to 5 USDT"],
];

const failed = (rule: string): FailedCheck => {
  const row = CASES.find(([name]) => name === rule);
  return { rule, measured: row?.[1] ?? null, limit: row?.[2] ?? "", unit: row?.[3] ?? "count" };
};

describe("nearestChange", () => {
  it.each(CASES)("of %s measured %s against %s (%s)", (rule, measured, limit, unit, words) => {
    expect(nearestChange({ rule, failed: [{ rule, measured, limit, unit }] })).toBe(words);
  });

  it("has words for every rule, and reads what each rule really writes", () => {
    expect(new Set(CASES.map(([rule]) => rule))).toEqual(new Set(RISK_RULES.map(({ name }) => name)));
    for (const rule of RISK_RULES) {
      const words = nearestChange({ rule: rule.name, failed: [{ rule: rule.name, ...rule.check(buildContext()) }] });
      expect(words).not.toMatch(/NaN|undefined|would have to change/);
    }
  });

  it("names every rule that failed, since one alone would not have been enough", () => {
    expect(nearestChange({ rule: "spread", failed: [failed("spread"), failed("order-value")] })).toBe(
      "spread would have to fall from 0.31 % to 0.2 %, and the value of the order would have to rise from 40 USDT to 50 USDT",
    );
    const many = ["spread", "order-value", "cash", "leverage", "drawdown"].map(failed);
    expect(nearestChange({ rule: "spread", failed: many })).toMatch(/, and 2 more rules would have to pass$/);
  });

  it("is null where nothing failed, and has words for what is refused before any rule is measured", () => {
    expect(nearestChange({ rule: null, failed: [] })).toBeNull();
    expect(nearestChange({ rule: "total-margin", failed: [] })).toBeNull();
    expect(nearestChange({ rule: "position-is-open", failed: [] })).toBe(
      "there would have to be an open position to close",
    );
  });
});
