import { describeCheckInSentence } from "./describe-check";
import { RULE_BOOK } from "./risk-rules";
import type { Words } from "./rule-book";
import type { StoredCheck } from "./basis/stored-check";

const FAILS_NAMED_MAX = 3;

const changeOf = (check: StoredCheck, book: Words): string =>
  book.ruleOf(check.rule)?.words.change(check, describeCheckInSentence(check, book)) ??
  "a rule that this version no longer has would have to let it pass";

/**
 * What would have let a refused decision pass, in words: for each rule that failed, because all of them must pass, the
 * smallest change of the measured value, or what to wait for where no change makes sense. Null where nothing failed.
 */
export const nearestChange = (
  verdict: { readonly rule: string | null; readonly failed: readonly StoredCheck[] },
  book: Words = RULE_BOOK,
): string | null => {
  const { rule, failed } = verdict;
  if (failed.length === 0) return rule === null ? null : (book.refusalOf(rule)?.changeUnmeasured ?? null);
  const named = failed
    .slice(0, FAILS_NAMED_MAX)
    .map((check) => changeOf(check, book))
    .join(", and ");
  const more = failed.length - FAILS_NAMED_MAX;
  return more > 0 ? `${named}, and ${more} more ${more === 1 ? "rule" : "rules"} would have to pass` : named;
};
