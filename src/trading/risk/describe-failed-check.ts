import { describeCheckInSentence } from "./describe-check";
import { RULE_BOOK } from "./risk-rules";
import type { Words } from "./rule-book";
import type { StoredCheck } from "./basis/stored-check";

/** Why a rule refused, as a sentence without full stop: what was the case and what is allowed. */
export const describeFailedCheck = (check: StoredCheck, book: Words = RULE_BOOK): string =>
  book.ruleOf(check.rule)?.words.reason(check, describeCheckInSentence(check, book)) ??
  "a rule that this version no longer has refused it";
