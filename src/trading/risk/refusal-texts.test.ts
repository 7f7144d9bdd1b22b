import { describe, expect, it } from "vitest";
import { describeCheck } from "./describe-check";
import { describeRefusal } from "./describe-refusal";
import { describeCheckExactly } from "./describe-check-exactly";
import { nearestChange } from "./nearest-change";
import { describeFailedCheck } from "./describe-failed-check";
import { RISK_RULES, type RuleName } from "./risk-rules";
import type { RefusalCase } from "./testing/refusal-case";
import { REFUSAL_CASES as CASES } from "./testing/refusal-cases";
import type { StoredCheck } from "./basis/stored-check";
import { ALL_ON, buildContext, buildUser } from "./testing/risk-context-builder";

const ISO_TIME = /\d{4}-\d\d-\d\dT/;
const CODE = /[a-z][A-Z]|[a-z]-[a-z]+-[a-z]|\b(undefined|NaN|null|Infinity)\b/;
/** A number and the text after it; the "1" of "of 1" is the scale of a correlation. */
const NUMBER_WITHOUT_UNIT =
  /(?<![\d.,:])(?!1(?!\d|[.,]\d))\d[\d,.]*(?!:\d\d UTC)(?! ?(?:%|USDT|h\b|min\b|s\b|d\b|times\b|entr|position|trade|candle|coins|loss|of 1\b))(?![\d,.])/;
const BARE_LIMIT = /limit (of )?\d|measured \d/;

/** Terms of the code that a trader should not have to read. */
const faultsOf = (said: string): string[] => faultsIn(said.replace(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/, "then"));

const faultsIn = (text: string): string[] =>
  [ISO_TIME, CODE, NUMBER_WITHOUT_UNIT, BARE_LIMIT].flatMap((fault) =>
    fault.test(text) ? [`${String(fault)} in: ${text}`] : [],
  );

const failedOf = ([rule, measured, limit, unit]: RefusalCase): StoredCheck => ({ rule, measured, limit, unit });
const failed = (rule: RuleName): StoredCheck =>
  failedOf(CASES.find(([name]) => name === rule) ?? [rule, null, "", "count", "", ""]);

describe("what the gate says to a trader", () => {
  it.each(CASES)("of %s measured %s against %s (%s)", (rule, measured, limit, unit, reason, change) => {
    const check = { rule, measured, limit, unit };
    expect(describeFailedCheck(check)).toBe(reason);
    expect(nearestChange({ rule, failed: [check] })).toBe(change);
  });

  it.each([
    ["42823.76573333333333333333333333333334", "42,823.766 USDT"],
    ["42000.50000000000000000000000000000001", "just over 42,000.5 USDT"],
    ["905.1", "905.1 USDT"],
  ])(
    "of a liquidation that lies on no tick, at leverage 3 say, names as many digits as a price has",
    (measured, text) => {
      const check = {
        rule: "liquidation-distance",
        measured,
        limit: "behind the stop at 42000.5",
        unit: "price",
      } as const;
      expect(describeCheck(check).measured).toBe(text);
      expect(describeFailedCheck(check)).toBe(
        `it would be liquidated at ${text}, before its stop at 42,000.5 USDT is reached`,
      );
    },
  );

  it("is plain for every rule: no codes, no raw times, no bare limits, and a unit behind each number", () => {
    expect(new Set(CASES.map(([rule]) => rule))).toEqual(new Set(RISK_RULES.map(({ name }) => name)));
    const texts = CASES.flatMap((one) => {
      const check = failedOf(one);
      const { measured, limit } = describeCheck(check);
      return [
        describeFailedCheck(check),
        nearestChange({ rule: check.rule, failed: [check] }) ?? "",
        measured,
        limit,
        describeRefusal(check.rule),
      ];
    });
    expect(texts.flatMap(faultsOf)).toEqual([]);
    expect(texts).not.toContain("");
  });

  it("is plain for what each rule really writes, where it passes too", () => {
    const checks = RISK_RULES.map((rule) => ({
      rule: rule.name,
      unit: rule.unit,
      ...rule.check(buildContext({ limits: ALL_ON, user: buildUser() })),
    }));
    const texts = checks.flatMap((check) => [
      describeFailedCheck(check),
      nearestChange({ rule: check.rule, failed: [check] }) ?? "",
      ...Object.values(describeCheck(check)),
    ]);
    expect(texts.flatMap(faultsOf)).toEqual([]);
  });

  it.each([
    ["spread", "0.00312345678", "0.002", "fraction", "0.312345678 %", "0.2 %"],
    ["stop-distance", "0.003000", "0.005 to 0.25", "fraction", "0.3 %", "0.5 % to 25 %"],
    ["net-profit", "4.99712345", "5", "USDT", "4.99712345 USDT", "5 USDT"],
    ["correlation", "0.91234567", "0.8", "ratio", "0.91234567 of 1", "0.8 of 1"],
    [
      "liquidation-distance",
      "905.33333333333",
      "behind the stop at 900",
      "price",
      "905.33333333333 USDT",
      "behind the stop at 900 USDT",
    ],
    ["cooldown", "48.51", "60", "minutes", "48.51 min", "60 min"],
    ["trading-state", "reducing", "active", "state", "closing only", "active"],
    ["spread", null, "0.002", "fraction", "unknown", "0.2 %"],
  ] as const)("of %s %s shows every digit on hovering, in the same unit", (rule, measured, limit, unit, ...texts) => {
    expect(Object.values(describeCheckExactly({ rule, measured, limit, unit }))).toEqual(texts);
  });

  it.each([
    ["stop-distance", "0.003", "0.005", "fraction", "0.3 %", "0.5 % to 0 %"],
    ["stop-distance", "0.003", "near to far", "fraction", "0.3 %", "0 % to 0 %"],
    ["liquidation-distance", "905.1", "behind the stop", "price", "905.1 USDT", "behind the stop"],
    ["trading-state", "halted", "active", "state", "halted", "active"],
    ["trading-state", null, "reducing", "state", "unknown", "closing only"],
    ["pair-lock", "60", "0 (3 trades in 7 days)", "minutes", "1 h left", "no lock"],
    ["pair-lock", null, "0", "minutes", "no lock", "no lock"],
    ["trades-drawdown", "60", "0 (3 trades in 7 days)", "minutes", "1 h left", "no break"],
    ["trades-drawdown", "0", "0", "minutes", "no break", "no break"],
    ["volatility", "0.01", "wild", "fraction", "1 %", "at least 0 %"],
    ["volatility", null, "0.01 to 0.02", "fraction", "unknown", "1 % to 2 %"],
    ["regime", null, "below 0", "fraction", "unknown", "below its average of 200 candles"],
    ["regime", "0", "above 0", "fraction", "at its average of 200 candles", "above its average of 200 candles"],
    ["news", "5", "0", "minutes", "5 min left", "no news"],
    ["news", "0", "0", "minutes", "no news", "no news"],
    ["pair-is-free", null, "0 (it is not in profit)", "count", "0 positions", "no position before"],
    ["pair-is-free", "1", "1", "count", "1 position", "1 position"],
    ["retired-rule", "3", "2", "count", "3", "2"],
  ] as const)(
    "of %s %s against %s (%s) is read as it can be, whoever wrote it",
    (rule, measured, limit, unit, ...texts) => {
      const check = { rule, measured, limit, unit };
      expect(Object.values(describeCheck(check))).toEqual(texts);
      expect([describeFailedCheck(check), nearestChange({ rule, failed: [check] })].join()).not.toMatch(
        /undefined|NaN/,
      );
    },
  );

  it("finds what it looks for", () => {
    const bad = [
      "the limit of 2 entries a cycle would have to be 3",
      "measured 60, limit 0 (after 3 losses: 4 h) (minutes)",
      "at 2024-01-01T00:00Z",
      "one-entry-per-candle",
      "spread is 0.3",
    ];
    for (const text of bad) expect(faultsOf(text), text).not.toEqual([]);
  });
});

describe("nearestChange", () => {
  it("names every rule that failed, since one alone would not have been enough", () => {
    expect(nearestChange({ rule: "spread", failed: [failed("spread"), failed("order-value")] })).toBe(
      "the spread would have to fall from 0.31 % to 0.2 %, and the value of the order would have to rise from 40.00 USDT to 50.00 USDT",
    );
    const many = (["spread", "order-value", "cash", "leverage", "drawdown"] as const).map(failed);
    expect(nearestChange({ rule: "spread", failed: many })).toMatch(/, and 2 more rules would have to pass$/);
  });

  it("is null where nothing failed, and has words for what is refused before any rule is measured", () => {
    expect(nearestChange({ rule: null, failed: [] })).toBeNull();
    expect(nearestChange({ rule: "total-margin", failed: [] })).toBeNull();
    expect(nearestChange({ rule: "position-is-open", failed: [] })).toBe("wait for an open position to close");
  });

  it("has words for a rule of another version", () => {
    const check = { rule: "retired-rule", measured: "1", limit: "2", unit: "count" } as const;
    const change = nearestChange({ rule: check.rule, failed: [check] }) ?? "";
    expect([describeFailedCheck(check), change].flatMap(faultsOf)).toEqual([]);
  });
});
