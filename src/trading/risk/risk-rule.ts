import type { RiskContext } from "./risk-context";

/**
 * `unknown`: the data to judge by is missing, and the rule lets the order pass and says so. `exempt`: the bot is the
 * control, which the rule does not bind.
 */
export type RuleOutcome = "pass" | "fail" | "unknown" | "exempt";

/** What a rule found: the measured value beside its limit, both as text in `unit`. */
type RuleFinding = {
  readonly outcome: RuleOutcome;
  readonly measured: string | null;
  readonly limit: string;
  readonly unit: "fraction" | "ratio" | "count" | "USDT" | "minutes" | "seconds" | "state" | "price" | "times";
};

/** One check of the gate. Its name is the one that a refusal shows and that is counted; its description is one sentence. */
export type RiskRule = {
  readonly name: string;
  readonly description: string;
  /** Set where the rule is about stops or losses: it does not bind the control. */
  readonly exemptsControl?: true;
  readonly check: (context: RiskContext) => RuleFinding;
};

export type RuleCheck = RuleFinding & { readonly rule: string };

export const passIf = (isMet: boolean): RuleOutcome => (isMet ? "pass" : "fail");
