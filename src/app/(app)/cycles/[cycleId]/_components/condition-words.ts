import { formatExact, UNKNOWN } from "~/components/format/format-amount";
import { Decimal } from "decimal.js";
import type { Evidence } from "~/trading/decision/decision";
import { CONDITION_NAMES, CONDITIONS_OF_PARTS } from "~/trading/decision/modes/trinity/condition-names";
import { codeInWords } from "~/components/trading/bot-words";

const ADJUSTMENTS: Readonly<Record<string, string>> = {
  "confirm-agrees": "the slower timeframe's trend agrees (ADX14)",
  "confirm-opposes": "the slower timeframe's trend opposes (ADX14)",
  "divergence-with": "regular MACD divergences for this side",
  "divergence-against": "regular MACD divergences against this side",
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What a condition looks at. */
export const conditionName = (condition: string): string =>
  capital(ADJUSTMENTS[condition] ?? CONDITION_NAMES[condition] ?? codeInWords(condition));

const OPERATORS: Record<Evidence["operator"], string> = {
  "<": "<",
  "<=": "≤",
  ">": ">",
  ">=": "≥",
  "crosses-up": "crossing up",
  "crosses-down": "crossing down",
  is: "=",
};

const number = (value: number | null): string => (value === null ? UNKNOWN : formatExact(new Decimal(value).toFixed()));

/** What was read, how it is compared, and with what: "42,123.4 > 41,800". */
export const readingInWords = ({ condition, value, operator, threshold }: Evidence): string =>
  CONDITIONS_OF_PARTS.has(condition)
    ? `${number(value)} of ${number(threshold)} parts`
    : `${number(value)} ${OPERATORS[operator]} ${number(threshold)}`;
