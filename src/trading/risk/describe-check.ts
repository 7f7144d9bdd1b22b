import { RULE_BOOK } from "./risk-rules";
import type { Words } from "./rule-book";
import type { CheckTexts, StoredCheck } from "./basis/stored-check";
import { describeNumbers, SAY } from "./basis/unit-texts";

/** A check's measured value and its limit in words, each number with its unit. */
export const describeCheck = (check: StoredCheck, book: Words = RULE_BOOK): CheckTexts => {
  const words = book.ruleOf(check.rule)?.words;
  return words?.texts ? words.texts(check) : describeNumbers(check, words?.say ?? SAY[check.unit]);
};

/** The same, computed only when read, so that a sentence without these values works for every check. */
export const describeCheckInSentence = (check: StoredCheck, book: Words): CheckTexts => ({
  get measured() {
    return describeCheck(check, book).measured;
  },
  get limit() {
    return describeCheck(check, book).limit;
  },
});
