import { RULE_BOOK } from "./risk-rules";
import type { Words } from "./rule-book";

/** Why an order was not let through, half a sentence: what was the case, also by a rule of an older version. */
export const describeRefusal = (rule: string, book: Words = RULE_BOOK): string =>
  book.refusalOf(rule)?.refused ?? `the rule "${rule.replaceAll("-", " ")}" of an older version`;

/** Two or three words for a rule that refused, for lists. */
export const refusalTitle = (rule: string, book: Words = RULE_BOOK): string =>
  book.refusalOf(rule)?.title ?? rule.replaceAll("-", " ");

/** What a rule asks for, in one sentence; also for one that a later version no longer has. */
export const describeRule = (rule: string, book: Words = RULE_BOOK): string =>
  book.ruleOf(rule)?.description ?? "This version no longer has the rule.";

/** Why an order that was let through is smaller than what was asked for. */
export const describeResize = (rule: string, book: Words = RULE_BOOK): string =>
  `made smaller to keep the limit of ${book.ruleOf(rule)?.resizedTo ?? "a rule of an older version"}`;
