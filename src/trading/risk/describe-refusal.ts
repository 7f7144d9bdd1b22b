import { RULE_BOOK } from "./risk-rules";
import type { Words } from "./rule-book";

/** Why an order was refused, as half a sentence: what was the case. Also for a rule of an older version. */
export const describeRefusal = (rule: string, book: Words = RULE_BOOK): string =>
  book.refusalOf(rule)?.refused ?? `the rule "${rule.replaceAll("-", " ")}" of an older version`;

/** Two or three words for a rule that refused, for lists. */
export const refusalTitle = (rule: string, book: Words = RULE_BOOK): string =>
  book.refusalOf(rule)?.title ?? rule.replaceAll("-", " ");

/** What a rule requires, in one sentence. Also for a rule of another version. */
export const describeRule = (rule: string, book: Words = RULE_BOOK): string =>
  book.ruleOf(rule)?.description ?? "This version no longer has the rule.";

/** Why an approved order is smaller than the mode wanted. */
export const describeResize = (rule: string, book: Words = RULE_BOOK): string =>
  `made smaller to keep the limit of ${book.ruleOf(rule)?.resizedTo ?? "a rule of an older version"}`;

/** Of which limit an order was made smaller, for lists. */
export const resizeTitle = (rule: string, book: Words = RULE_BOOK): string =>
  book.ruleOf(rule)?.resizedTo ?? refusalTitle(rule, book);
