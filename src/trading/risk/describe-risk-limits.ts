import type { SettingSection } from "../setting-line";
import { LIMIT_SECTIONS, type ListedRule, type RiskLimit } from "./basis/risk-rule";
import { RISK_RULES } from "./risk-rules";
import { limitsOf } from "./rule-book";

type Limits = Readonly<Record<string, number>>;
type Rules = readonly Pick<ListedRule<string, never>, "limits" | "exemptsControl">[];

type Line = RiskLimit & { readonly value: number };

const linesOf = (rules: Rules, limits: Limits): Line[] =>
  limitsOf(rules)
    .flatMap(([name, limit]) => {
      const value = limits[name];
      return value === undefined ? [] : [{ ...limit, value }];
    })
    .toSorted((one, other) => one.place - other.place);

/** Every risk limit that binds a bot, in words, under three titles. Only texts use percent; values are fractions. */
export const describeRiskLimits = (
  limits: Limits,
  { isControl }: { readonly isControl: boolean } = { isControl: false },
  rules: Rules = RISK_RULES,
): SettingSection[] => {
  const lines = linesOf(
    rules.filter(({ exemptsControl }) => !(isControl && exemptsControl)),
    limits,
  );
  return LIMIT_SECTIONS.map((title) => ({
    title,
    lines: lines
      .filter(({ section }) => section === title)
      .map(({ label, text, value }) => ({ label, text: text(value) })),
  })).filter((section) => section.lines.length > 0);
};
