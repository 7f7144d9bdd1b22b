import type { ListedRule, RefusalWords, RiskLimit } from "./basis/risk-rule";
import type { UserLimits } from "./basis/user-view";

type Refusal = { readonly name: string; readonly words: RefusalWords };

/** The rules of the gate in their order, and the words for every refusal, by its name. */
export type RuleBook<Name extends string = string, Limit extends string = string> = {
  readonly rules: readonly ListedRule<Name, Limit>[];
  readonly ruleOf: (name: string) => Omit<ListedRule<Name, Limit>, "check"> | undefined;
  readonly refusalOf: (name: string) => RefusalWords | undefined;
};

/** `others`: refusals from before any rule is measured. */
export const createRuleBook = <Name extends string, Limit extends string>(
  rules: readonly ListedRule<Name, Limit>[],
  others: readonly Refusal[],
): RuleBook<Name, Limit> => {
  const byName = new Map<string, ListedRule<Name, Limit>>(rules.map((rule) => [rule.name, rule]));
  const refusals = new Map([...others, ...rules].map(({ name, words }: Refusal) => [name, words]));
  return { rules, ruleOf: (name) => byName.get(name), refusalOf: (name) => refusals.get(name) };
};

/** The part of a book that is needed to put a stored check into words. */
export type Words = Pick<RuleBook, "refusalOf"> & {
  readonly ruleOf: (name: string) => Omit<ListedRule<string, never>, "check"> | undefined;
};

/** The limits of these rules by name, in the order of the rules. */
export const limitsOf = (rules: readonly Pick<ListedRule<string, never>, "limits">[]): [string, RiskLimit][] =>
  rules.flatMap((rule) => Object.entries<RiskLimit>(rule.limits));

/** The rules that these limits leave on. `user`: what the user allows all bots together; undefined: nothing is said. */
export const rulesOn = <Rule extends Pick<ListedRule<string, never>, "off" | "asksUser">>(
  rules: readonly Rule[],
  limits: Readonly<Record<string, number>>,
  user?: UserLimits,
): Rule[] =>
  rules.filter(({ off, asksUser }) => !off?.when(limits) && (!asksUser || (user !== undefined && asksUser(user))));
