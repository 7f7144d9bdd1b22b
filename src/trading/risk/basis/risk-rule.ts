import type { RiskContext } from "./risk-context";
import type { Sentence } from "./rule-texts";
import type { CheckTexts, RiskUnit, StoredCheck } from "./stored-check";
import type { Say, SayExactly } from "./unit-texts";

/**
 * `unknown`: the data to judge by is missing, and the rule lets the order pass and says so. `exempt`: the bot is the
 * control, which the rule does not bind.
 */
export type RuleOutcome = "pass" | "fail" | "unknown" | "exempt";

/** What a rule found: the measured value beside its limit, both as text in the rule's unit. */
type RuleFinding = {
  readonly outcome: RuleOutcome;
  readonly measured: string | null;
  readonly limit: string;
};

/** The titles under which limits stand among a bot's settings. */
export const LIMIT_SECTIONS = ["Size", "Losses", "Entries"] as const;

/** One limit of a bot: the range it may be chosen from, what it is where none is chosen, and its line in the settings. */
export type RiskLimit = {
  readonly least: number;
  readonly most: number;
  readonly standard: number;
  readonly isWhole?: true;
  readonly section: (typeof LIMIT_SECTIONS)[number];
  /** Lines of a section stand in the order of their places. */
  readonly place: number;
  readonly label: string;
  readonly text: (value: number) => string;
};

/** How a refusal is named: also one that comes before any rule is measured. */
export type RefusalWords = {
  /** Two or three words, for lists. */
  readonly title: string;
  /** What was the case, half a sentence. */
  readonly refused: string;
  /** What would have to change where nothing was measured. */
  readonly changeUnmeasured?: string;
};

/** All that is said of a rule's checks, each number with its unit. */
type RuleWords = RefusalWords & {
  /** Why it refused: what was the case and what is allowed. */
  readonly reason: Sentence;
  /** The least change that would have let the wish pass, or what to wait for. */
  readonly change: Sentence;
  /** How its numbers are said where their unit alone would say too little; shortly, and with every digit. */
  readonly say?: Say;
  readonly sayExactly?: SayExactly;
  /** Its values in words, where its limit is no number or its number alone would say nothing. */
  readonly texts?: (check: StoredCheck) => CheckTexts;
  /** A limit that is no number, with every digit. */
  readonly limitExactly?: (limit: string, say: SayExactly) => string;
};

/**
 * One check of the gate with all that is said of it. Its name is the one that a refusal shows and that is counted; its
 * description is one sentence. `Limit` names the limits it judges by, which only it defines.
 */
export type RiskRule<Name extends string = string, Limit extends string = never> = {
  readonly name: Name;
  readonly description: string;
  readonly unit: RiskUnit;
  readonly limits: Readonly<Record<Limit, RiskLimit>>;
  /** Set where the rule is about stops or losses: it does not bind the control. */
  readonly exemptsControl?: true;
  readonly check: (context: RiskContext<Limit>) => RuleFinding;
  readonly words: RuleWords;
  /** What an entry is made smaller to keep, where it is sized by this rule. */
  readonly resizedTo?: string;
};

/** A rule of a list that judges by all of `Limit`. */
export type ListedRule<Name extends string = string, Limit extends string = string> = Omit<
  RiskRule<Name>,
  "limits" | "check"
> & {
  readonly limits: Readonly<Partial<Record<Limit, RiskLimit>>>;
  readonly check: (context: RiskContext<Limit>) => RuleFinding;
};

export type RuleCheck<Name extends string = string> = RuleFinding & {
  readonly rule: Name;
  readonly unit: RiskUnit;
};

export const passIf = (isMet: boolean): RuleOutcome => (isMet ? "pass" : "fail");
