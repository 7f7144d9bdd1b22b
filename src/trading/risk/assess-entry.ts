import type { RiskContext, SizedEntry } from "./risk-context";
import { resizeReason } from "./describe-refusal";
import type { RuleCheck } from "./risk-rule";
import { refusalReason } from "./refusal-reason";
import { RISK_RULES } from "./risk-rules";

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

/** Passes one sized entry through every rule: the first that fails refuses it. A verdict never enlarges an order. */
export const assessEntry = (context: RiskContext): RiskVerdict => {
  const checks = RISK_RULES.map((rule): RuleCheck => ({ rule: rule.name, ...rule.check(context) }));
  const failed = checks.find((check) => check.outcome === "fail");
  if (failed) return { outcome: "rejected", rule: failed.rule, reason: refusalReason(failed), order: null, checks };
  const { order } = context;
  return order.resizedBy === null
    ? { outcome: "approved", rule: null, reason: "within every limit", order, checks }
    : { outcome: "resized", rule: order.resizedBy, reason: resizeReason(order.resizedBy), order, checks };
};
