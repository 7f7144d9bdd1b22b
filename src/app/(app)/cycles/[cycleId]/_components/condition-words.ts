import type { Evidence } from "~/trading/decision/decision";
import { CONDITION_NAMES, CONDITIONS_OF_PARTS } from "~/trading/decision/modes/trinity/condition-names";
import { evidenceTexts } from "~/trading/decision/modes/trinity/evidence-texts";
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

const joined = ({ condition, operator }: Evidence, value: string, threshold: string): string =>
  CONDITIONS_OF_PARTS.has(condition)
    ? `${value} of ${threshold} parts`
    : `${value} ${OPERATORS[operator]} ${threshold}`;

/** What was read, how it is compared, and with what: "42,123.4 > 41,800.0". */
export const readingInWords = (line: Evidence, priceDigits: number): string => {
  const { value, threshold } = evidenceTexts(line, priceDigits);
  return joined(line, value, threshold);
};

/** The same with all the digits that are kept. */
export const readingInFull = (line: Evidence): string =>
  joined(line, String(line.value ?? "unknown"), String(line.threshold ?? "unknown"));
