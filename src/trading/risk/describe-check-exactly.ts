import { describeCheck } from "./describe-check";
import { RULE_BOOK } from "./risk-rules";
import type { Words } from "./rule-book";
import type { CheckTexts, StoredCheck } from "./basis/stored-check";
import { SAY_EXACTLY } from "./basis/unit-texts";

const NUMBER = /^-?\d+(\.\d+)?$/;

/** A check's measured value and its limit with every digit that was stored, in the unit that is shown. */
export const describeCheckExactly = (check: StoredCheck, book: Words = RULE_BOOK): CheckTexts => {
  const { rule, measured, limit, unit } = check;
  const words = book.ruleOf(rule)?.words;
  const shown = describeCheck(check, book);
  const say = words?.sayExactly ?? SAY_EXACTLY[unit];
  const exact = (value: string | null, otherwise: string): string =>
    value !== null && NUMBER.test(value) ? say(value) : otherwise;
  return {
    measured: exact(measured, shown.measured),
    limit: exact(limit, words?.limitExactly?.(limit, say) ?? shown.limit),
  };
};
