import type { SettingSection } from "../setting-line";
import { LIMIT_SECTIONS, type ListedRule, type RiskLimit } from "./basis/risk-rule";
import { RISK_RULES } from "./risk-rules";
import { limitsOf } from "./rule-book";

type Limits = Readonly<Record<string, number>>;
type Rule = Pick<ListedRule<string, never>, "limits" | "off" | "exemptsControl">;
type Rules = readonly Rule[];

type Line = Pick<RiskLimit, "section" | "place" | "label"> & { readonly text: string };

/** A line for each limit of a rule; one line where they switch it off, in place of its first. */
const linesOfRule = (rule: Rule, limits: Limits): Line[] => {
  const lines = limitsOf([rule]).flatMap(([name, { section, place, label, text }]) => {
    const value = limits[name];
    return value === undefined ? [] : [{ section, place, label, text: text(value) }];
  });
  const { off } = rule;
  if (!off?.when(limits)) return lines;
  return lines.slice(0, 1).map((line) => ({ ...line, label: off.label, text: off.text }));
};

const linesOf = (rules: Rules, limits: Limits): Line[] =>
  rules.flatMap((rule) => linesOfRule(rule, limits)).toSorted((one, other) => one.place - other.place);

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
    lines: lines.filter(({ section }) => section === title).map(({ label, text }) => ({ label, text })),
  })).filter((section) => section.lines.length > 0);
};
