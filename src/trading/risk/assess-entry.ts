import { describeResize } from "./describe-refusal";
import { describeFailedCheck } from "./describe-failed-check";
import type { RiskContext, SizedEntry, SizingRuleName } from "./basis/risk-context";
import type { ListedRule, RuleCheck } from "./basis/risk-rule";
import { RULE_BOOK, type LimitName, type RefusalName, type RuleName } from "./risk-rules";
import { rulesOn, type RuleBook } from "./rule-book";
import { EXEMPTION } from "./describe-verdict";

/** The gate's verdict on one decision. `checks` has every rule that is on, including those that passed. */
export type RiskVerdict<Name extends string = RefusalName> =
  | {
      readonly outcome: "approved" | "resized";
      readonly rule: SizingRuleName | null;
      readonly reason: string;
      readonly order: SizedEntry;
      readonly checks: readonly RuleCheck<Name>[];
    }
  | {
      readonly outcome: "rejected";
      readonly rule: Name;
      readonly reason: string;
      readonly order: null;
      readonly checks: readonly RuleCheck<Name>[];
    };

/** The verdict on the control lists the rules about stops and losses too, as exempt. */
const EXEMPT = { outcome: "exempt", measured: null, limit: "none for the control", unit: "state" } as const;

const judge = <Name extends string, Limit extends string>(
  rule: ListedRule<Name, Limit>,
  context: RiskContext<Limit>,
): RuleCheck<Name> =>
  context.isControl && rule.exemptsControl
    ? { rule: rule.name, ...EXEMPT }
    : { rule: rule.name, ...rule.check(context), unit: rule.unit };

/** Passes one sized entry through the rules of a book that the limits, and those of the user, do not switch off. */
export const judgeEntry = <Name extends string, Limit extends string>(
  context: RiskContext<Limit>,
  book: RuleBook<Name, Limit>,
): RiskVerdict<Name> => {
  const checks = rulesOn(book.rules, context.limits, context.user?.limits)
    .filter(({ asks }) => asks === undefined || asks(context))
    .map((rule) => judge(rule, context));
  const failed = checks.find((check) => check.outcome === "fail");
  if (failed) {
    return { outcome: "rejected", rule: failed.rule, reason: describeFailedCheck(failed, book), order: null, checks };
  }
  const { order } = context;
  const { resizedBy } = order;
  const exemption = context.isControl ? EXEMPTION : "";
  return resizedBy === null
    ? { outcome: "approved", rule: null, reason: `within every limit${exemption}`, order, checks }
    : { outcome: "resized", rule: resizedBy, reason: `${describeResize(resizedBy, book)}${exemption}`, order, checks };
};

/** Passes one sized entry through every rule. The first that fails refuses it. A verdict never enlarges an order. */
export const assessEntry = (context: RiskContext<LimitName>): RiskVerdict<RuleName> => judgeEntry(context, RULE_BOOK);
