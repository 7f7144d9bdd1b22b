import type { RiskContext, SizedEntry } from "./risk-context";
import { resizeReason } from "./describe-refusal";
import type { RiskRule, RuleCheck } from "./risk-rule";
import { refusalReason } from "./refusal-reason";
import { RISK_RULES } from "./risk-rules";
import { EXEMPTION } from "./verdict-text";

/** What the gate says of one decision. `checks` has every rule, also those that passed. */
export type RiskVerdict =
  | {
      readonly outcome: "approved" | "resized";
      readonly rule: string | null;
      readonly reason: string;
      readonly order: SizedEntry;
      readonly checks: readonly RuleCheck[];
    }
  | {
      readonly outcome: "rejected";
      readonly rule: string;
      readonly reason: string;
      readonly order: null;
      readonly checks: readonly RuleCheck[];
    };

/** Rules about stops and losses are named in the verdict of the control too, as what they are to it. */
const EXEMPT = { outcome: "exempt", measured: null, limit: "none for the control", unit: "state" } as const;

const judge = (rule: RiskRule, context: RiskContext): RuleCheck => ({
  rule: rule.name,
  ...(context.isControl && rule.exemptsControl ? EXEMPT : rule.check(context)),
});

const exemptionOf = ({ isControl }: RiskContext): string => (isControl ? EXEMPTION : "");

/** Passes one sized entry through every rule: the first that fails refuses it. A verdict never enlarges an order. */
export const assessEntry = (context: RiskContext): RiskVerdict => {
  const checks = RISK_RULES.map((rule) => judge(rule, context));
  const failed = checks.find((check) => check.outcome === "fail");
  if (failed) return { outcome: "rejected", rule: failed.rule, reason: refusalReason(failed), order: null, checks };
  const { order } = context;
  const { resizedBy } = order;
  const exemption = exemptionOf(context);
  return resizedBy === null
    ? { outcome: "approved", rule: null, reason: `within every limit${exemption}`, order, checks }
    : { outcome: "resized", rule: resizedBy, reason: `${resizeReason(resizedBy)}${exemption}`, order, checks };
};
