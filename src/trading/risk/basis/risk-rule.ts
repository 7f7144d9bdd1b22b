import type { RiskContext } from "./risk-context";
import type { Sentence } from "./rule-texts";
import type { CheckTexts, RiskUnit, StoredCheck } from "./stored-check";
import type { Say, SayExactly } from "./unit-texts";
import type { UserLimits } from "./user-view";

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

/** One limit of a bot: its range, its default and its line in the settings. */
export type RiskLimit = {
  readonly least: number;
  readonly most: number;
  readonly standard: number;
  readonly isWhole?: true;
  readonly section: (typeof LIMIT_SECTIONS)[number];
  /** Lines of a section are sorted by this. */
  readonly place: number;
  readonly label: string;
  readonly text: (value: number) => string;
};

/** The words for a refusal, including one that comes before any rule is measured. */
export type RefusalWords = {
  /** Two or three words, for lists. */
  readonly title: string;
  /** What was the case, as half a sentence. */
  readonly refused: string;
  /** What would have to change where nothing was measured. */
  readonly changeUnmeasured?: string;
};

/** The words for a rule's checks, each number with its unit. */
type RuleWords = RefusalWords & {
  /** Why it refused: what was the case and what is allowed. */
  readonly reason: Sentence;
  /** The smallest change that would have let the entry pass, or what to wait for. */
  readonly change: Sentence;
  /** How its numbers are written where their unit alone says too little: in short, and with every digit. */
  readonly say?: Say;
  readonly sayExactly?: SayExactly;
  /** Its values in words, where its limit is no number or the number alone says nothing. */
  readonly texts?: (check: StoredCheck) => CheckTexts;
  /** Its limit with every digit, where the limit is no number. */
  readonly limitExactly?: (limit: string, say: SayExactly) => string;
};

/** `when` is a method, so that a list can hold rules with limits of their own; it is asked with all limits only. */
type RuleSwitch<Limit extends string> = {
  when(limits: Readonly<Record<Limit, number>>): boolean;
  readonly label: string;
  readonly text: string;
};

/**
 * One check of the gate with its words. Refusals are stored and counted by its name; its description is one sentence.
 * `Limit` names the limits it checks, which no other rule defines.
 */
export type RiskRule<Name extends string = string, Limit extends string = never> = {
  readonly name: Name;
  readonly description: string;
  readonly unit: RiskUnit;
  readonly limits: Readonly<Record<Limit, RiskLimit>>;
  /**
   * For a rule that its limits can switch off: whether they do, and its one line in the settings then. A rule that is
   * off judges nothing, and verdicts do not list it.
   */
  readonly off?: RuleSwitch<Limit>;
  /** For a rule of what the user allows all bots together: whether there is such a limit. Else it is off. */
  readonly asksUser?: (limits: UserLimits) => boolean;
  /** For a rule about what not every entry has: whether this one has it. Else it judges nothing, and is not listed. */
  readonly asks?: (context: Pick<RiskContext<never>, "order" | "entry" | "time" | "locks">) => boolean;
  /** Set for rules about stops and losses, which do not bind the control. */
  readonly exemptsControl?: true;
  readonly check: (context: RiskContext<Limit>) => RuleFinding;
  readonly words: RuleWords;
  /** For rules that limit an entry's size: what the smaller size keeps to, in words. */
  readonly resizedTo?: string;
};

/** A rule in a list whose rules together define all of `Limit`. */
export type ListedRule<Name extends string = string, Limit extends string = string> = Omit<
  RiskRule<Name>,
  "limits" | "check" | "off"
> & {
  readonly limits: Readonly<Partial<Record<Limit, RiskLimit>>>;
  readonly off?: RuleSwitch<Limit>;
  readonly check: (context: RiskContext<Limit>) => RuleFinding;
};

export type RuleCheck<Name extends string = string> = RuleFinding & {
  readonly rule: Name;
  readonly unit: RiskUnit;
};

export const passIf = (isMet: boolean): RuleOutcome => (isMet ? "pass" : "fail");
