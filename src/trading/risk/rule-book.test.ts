import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { judgeEntry } from "./assess-entry";
import { describeCheck } from "./describe-check";
import { describeRefusal, describeRule, refusalTitle } from "./describe-refusal";
import { describeRiskLimits } from "./describe-risk-limits";
import { describeCheckExactly } from "./describe-check-exactly";
import { nearestChange } from "./nearest-change";
import { describeFailedCheck } from "./describe-failed-check";
import { limitsSchemaOf, riskLimitsSchema } from "./risk-limits";
import { passIf, type RiskRule } from "./basis/risk-rule";
import { RISK_RULES, RULE_BOOK, type LimitName, type RuleName } from "./risk-rules";
import { createRuleBook, limitsOf } from "./rule-book";
import { beyond, moves } from "./basis/rule-texts";
import { buildContext } from "./testing/risk-context-builder";
import { exactly } from "./basis/unit-texts";

/** A rule as its own file would define it. */
const entryScoreRule: RiskRule<"entry-score", "entryScoreMin"> = {
  name: "entry-score",
  description: "An entry must score at least this much.",
  unit: "ratio",
  limits: {
    entryScoreMin: {
      least: 0,
      most: 1,
      standard: 0.9,
      section: "Losses",
      place: 4,
      label: "Entry score",
      text: (least) => `Enters from a score of ${least} of 1`,
    },
  },
  exemptsControl: true,
  check: ({ entry, limits }) => ({
    outcome: passIf(entry.decision.score >= limits.entryScoreMin),
    measured: String(entry.decision.score),
    limit: String(limits.entryScoreMin),
  }),
  words: {
    title: "low score",
    refused: "its score is too low",
    reason: beyond("the score", "at least"),
    change: moves("the score", "rise"),
    say: (value) => `${value.toString()} of 1`,
    sayExactly: exactly("points of 1"),
  },
};

/** Its line in the registry. */
const BOOK = createRuleBook<RuleName | "entry-score", LimitName | "entryScoreMin">([...RISK_RULES, entryScoreRule], []);

describe("a new rule is one file and its line in the registry", () => {
  const limits = limitsSchemaOf(BOOK.rules).parse({});
  const context = { ...buildContext(), limits };
  const verdict = judgeEntry(context, BOOK);
  const failed = verdict.checks.filter(({ outcome }) => outcome === "fail");

  it("its limit is among the bot's, in its range", () => {
    expect(limits.entryScoreMin).toBe(0.9);
    expect(Object.keys(limits)).toHaveLength(Object.keys(buildContext().limits).length + 1);
    expect(limitsSchemaOf(BOOK.rules).safeParse({ entryScoreMin: 1.1 }).success).toBe(false);
  });

  it("the gate refuses by it", () => {
    expect(judgeEntry(buildContext(), RULE_BOOK).outcome).toBe("approved");
    expect(verdict).toMatchObject({ outcome: "rejected", rule: "entry-score", order: null });
    expect(failed).toEqual([{ rule: "entry-score", outcome: "fail", measured: "0.8", limit: "0.9", unit: "ratio" }]);
  });

  it("the refusal, what would let it pass, and its name in lists are said in its words", () => {
    expect(verdict.reason).toBe("the score is 0.8 of 1, and at least 0.9 of 1 is asked for");
    expect(nearestChange({ rule: verdict.rule, failed }, BOOK)).toBe(
      "the score would have to rise from 0.8 of 1 to 0.9 of 1",
    );
    const said = [describeRefusal, refusalTitle, describeRule].map((say) => say("entry-score", BOOK));
    expect(said).toEqual(["its score is too low", "low score", entryScoreRule.description]);
    const [check] = failed;
    expect(check && describeCheck(check, BOOK)).toEqual({ measured: "0.8 of 1", limit: "0.9 of 1" });
    expect(check && describeCheckExactly(check, BOOK).measured).toBe("0.8 points of 1");
    // A version without the rule still reads what this one stored.
    expect(check && describeFailedCheck(check)).toBe("a rule that this version no longer has refused it");
  });

  it("the settings have its line in its place, and where it exempts the control only a bot's", () => {
    const linesOf = (isControl: boolean) =>
      describeRiskLimits(limits, { isControl }, BOOK.rules).flatMap(({ lines }) => lines.map(({ text }) => text));
    const lines = linesOf(false);
    const at = lines.indexOf("Enters from a score of 0.9 of 1");
    expect(lines[at - 1]).toBe("Pauses after 4 losses in a row");
    expect(lines[at + 1]).toBe("Enters nothing for 24 hours after such losses");
    expect(linesOf(true).join()).not.toContain("score");
    const control = judgeEntry({ ...context, isControl: true }, BOOK);
    expect(control.checks.at(-1)).toMatchObject({ rule: "entry-score", outcome: "exempt" });
  });
});

it("no two rules share a limit, nor two limits a place", () => {
  const limits = limitsOf(RISK_RULES);
  expect(new Set(limits.map(([name]) => name)).size).toBe(limits.length);
  expect(new Set(limits.map(([, { section, place }]) => `${section} ${place}`)).size).toBe(limits.length);
});

it("limits that count are whole numbers, the others any", () => {
  const whole = limitsOf(RISK_RULES).filter(([, { isWhole }]) => isWhole);
  expect(whole.map(([name]) => name).toSorted()).toEqual([
    "consecutiveLossesMax",
    "entriesPerCycleMax",
    "openPositionsMax",
    "pairLockTradesMin",
    "regimeFilter",
    "tradesDrawdownTradesMin",
    "tradesPerDayMax",
    "tradingDayFirst",
    "tradingDayLast",
    "tradingHourFrom",
    "tradingHourTo",
  ]);
  for (const [name] of whole) expect(riskLimitsSchema.safeParse({ [name]: 1.5 }).success, name).toBe(false);
});

it("no rule is named outside its file, but where a wish is refused unmeasured or sized", () => {
  const allowed = new Set(["assess-decisions.ts", "size-entry.ts", "risk-context.ts"]);
  const files = readdirSync(import.meta.dirname).filter((file) => /(?<!\.test)\.ts$/.test(file) && !allowed.has(file));
  const named = files.flatMap((file) => {
    const text = readFileSync(path.join(import.meta.dirname, file), "utf8").replaceAll(/^(import|export) .*$/gm, "");
    return RISK_RULES.filter(({ name }) => new RegExp(`["']${name}["']`).test(text)).map(
      ({ name }) => `${file}: ${name}`,
    );
  });
  expect(named).toEqual([]);
});
