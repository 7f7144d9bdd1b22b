import { readdirSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { assessEntry } from "./assess-entry";
import { describeRule } from "./describe-refusal";
import type { UserLimits } from "./basis/user-view";
import { riskLimitsSchema } from "./risk-limits";
import { RISK_RULES } from "./risk-rules";
import {
  ALL_ON,
  buildContext,
  buildOrder,
  buildPortfolio,
  buildUser,
  STANDARD_RULES,
} from "./testing/risk-context-builder";
import { decimal } from "../money";

const names = RISK_RULES.map((rule) => rule.name);
const namesOn = STANDARD_RULES.map((rule) => rule.name);

it("holds every file of rules/, each under the name of its file and once", () => {
  const files = readdirSync(path.join(import.meta.dirname, "rules"))
    .filter((file) => !file.endsWith(".test.ts"))
    .map((file) => file.replace(/\.ts$/, ""));
  expect(files.length).toBeGreaterThan(20);
  expect(names.toSorted()).toEqual(files.toSorted());
  expect(new Set(names).size).toBe(names.length);
});

it("says of each rule in one sentence of its own what it asks for", () => {
  const sentences = names.map((name) => describeRule(name));
  for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z][^.]{20,}\.$/);
  expect(new Set(sentences).size).toBe(names.length);
  expect(describeRule("gone")).toBe("This version no longer has the rule.");
});

it("lets an order pass that every rule lets pass, and records all of them", () => {
  const verdict = assessEntry(
    buildContext({ limits: ALL_ON, news: { state: "known", events: [] }, user: buildUser() }),
  );
  expect(verdict).toMatchObject({ outcome: "approved", rule: null, reason: "within every limit" });
  // This one is one order: nothing of it is entered later, and nothing is locked.
  const unasked = ["legs-before-stop", "locked-by-hand"];
  expect(verdict.checks.map((check) => check.rule)).toEqual(names.filter((name) => !unasked.includes(name)));
  expect(verdict.checks.every((check) => check.outcome === "pass")).toBe(true);
});

it("names the limit that made an order smaller", () => {
  const verdict = assessEntry(buildContext({ order: buildOrder({ resizedBy: "total-margin" }) }));
  expect(verdict).toMatchObject({ outcome: "resized", rule: "total-margin" });
});

it("refuses by the first rule that fails, and still records the ones after it", () => {
  const verdict = assessEntry(
    buildContext({ tradingState: "reducing", portfolio: buildPortfolio({ cash: decimal(1) }) }),
  );
  expect(verdict).toMatchObject({
    outcome: "rejected",
    rule: "trading-state",
    reason: "the bot only closes positions now",
    order: null,
  });
  expect(verdict.checks.filter((check) => check.outcome === "fail").map((check) => check.rule)).toEqual([
    "trading-state",
    "cash",
  ]);
  expect(verdict.checks).toHaveLength(namesOn.length);
});

it("judges by no rule that is off, and records none: a bot from before a rule is judged as before", () => {
  const worst = { rangeFraction: 0.9, trendFraction: -0.5, yearlyVolatility: null };
  const verdict = assessEntry(buildContext({ conditions: worst, news: { state: "unreadable" } }));
  expect(verdict.outcome).toBe("approved");
  expect(verdict.checks.map((check) => check.rule)).toEqual(namesOn);
  const off = names.filter((name) => !(namesOn as string[]).includes(name));
  const users = ["user-daily-loss", "user-gross", "user-same-side"];
  const own = [
    "legs-before-stop",
    "locked-by-hand",
    "trading-hours",
    "pair-lock",
    "trades-drawdown",
    "regime",
    "volatility",
    "news",
  ];
  expect(off.toSorted()).toEqual([...own, ...users].toSorted());
});

it("lets an order pass whose data is unknown, and says so", () => {
  const context = buildContext({ correlations: [{ pair: "ETH/USDT", value: null }] });
  const verdict = assessEntry(context);
  expect(verdict.outcome).toBe("approved");
  expect(verdict.checks.find((check) => check.rule === "correlation")?.outcome).toBe("unknown");
});

it.each<[limits: object, rule: string]>([
  [{ pairLockHours: 1 }, "pair-lock"],
  [{ tradesDrawdownMax: 0.01 }, "trades-drawdown"],
  [{ volatilityMin: 0.01 }, "volatility"],
  [{ volatilityMax: 0.01 }, "volatility"],
  [{ regimeFilter: 1 }, "regime"],
  [{ tradingDayFirst: 2 }, "trading-hours"],
  [{ tradingDayLast: 6 }, "trading-hours"],
  [{ tradingHourFrom: 1 }, "trading-hours"],
  [{ tradingHourTo: 23 }, "trading-hours"],
  [{ newsBlackoutMinutes: 1 }, "news"],
])("is switched on by %j alone: %s", (limits, rule) => {
  const { checks } = assessEntry(buildContext({ limits: riskLimitsSchema.parse(limits) }));
  const on = checks.map((check) => check.rule).filter((name) => !namesOn.includes(name));
  expect(on).toEqual([rule]);
});

it("about losses does not bind the control, about markets, hours and news it does", () => {
  const { checks } = assessEntry(buildContext({ limits: ALL_ON, isControl: true }));
  const exempt = checks.filter(({ outcome }) => outcome === "exempt").map((check) => check.rule);
  expect(exempt).toEqual(expect.arrayContaining(["pair-lock", "trades-drawdown"]));
  for (const name of ["volatility", "regime", "trading-hours", "news"]) expect(exempt).not.toContain(name);
});

it.each([
  ["user-gross", "grossNotionalMax"],
  ["user-same-side", "sameSideNotionalMax"],
  ["user-daily-loss", "dailyLossMax"],
] as const)("asks %s only of a user who has that limit, and binds the control by it too", (rule, limit) => {
  const none = { grossNotionalMax: null, sameSideNotionalMax: null, dailyLossMax: null };
  const asked = (user: Partial<UserLimits>) =>
    assessEntry(buildContext({ user: buildUser({ limits: { ...none, ...user } }), isControl: true }))
      .checks.filter((check) => check.rule.startsWith("user-"))
      .map((check) => `${check.rule} ${check.outcome}`);
  expect(asked({ [limit]: decimal(5000) })).toEqual([`${rule} pass`]);
  expect(asked({ [limit]: decimal(5) })).toEqual([`${rule} fail`]);
  expect(asked({})).toEqual([]);
});
