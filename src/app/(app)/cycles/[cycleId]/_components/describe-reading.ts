import type { Evidence } from "~/trading/decision/basis/decision";
import { describeEvidence } from "~/trading/decision/basis/describe-evidence";
import type { EvidenceWords } from "~/trading/decision/basis/evidence-words";
import { describeCode } from "~/components/trading/describe-bot";

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** How a decision's evidence is worded: its mode's words, and the digits after the point of its pair's prices. */
export type Telling = { readonly words: EvidenceWords; readonly priceDigits: number };

type Words = Pick<Telling, "words">;

/** What a condition looks at. */
export const conditionName = (condition: string, { words }: Words): string =>
  capital(words.conditions[condition]?.name ?? describeCode(condition));

/** A category's heading, and how it counts where that is not by its weight. */
export const categoryWords = (category: string, { words }: Words): EvidenceWords["categories"][string] =>
  words.categories[category] ?? { name: category, note: null };

const OPERATORS: Record<Exclude<Evidence["operator"], "is">, string> = {
  "<": "<",
  "<=": "≤",
  ">": ">",
  ">=": "≥",
  "crosses-up": "crossing up",
  "crosses-down": "crossing down",
  "=": "cited as",
};

type Texts = { readonly value: string; readonly threshold: string };

const joined = ({ condition, operator }: Evidence, { words }: Words, { value, threshold }: Texts): string => {
  if (operator === "is") return value === threshold ? value : `${value} instead of ${threshold}`;
  return words.conditions[condition]?.unit === "parts"
    ? `${value} of ${threshold} parts`
    : `${value} ${OPERATORS[operator]} ${threshold}`;
};

/** What was read, how it is compared, and with what: "42,123.4 > 41,800.0". */
export const describeReading = (line: Evidence, { words, priceDigits }: Telling): string => {
  const unit = words.conditions[line.condition]?.unit;
  return joined(line, { words }, describeEvidence(line, { unit, priceDigits }));
};

/** The same with all stored digits. */
export const describeReadingInFull = (line: Evidence, { words, priceDigits }: Telling): string =>
  line.operator === "is"
    ? describeReading(line, { words, priceDigits })
    : joined(
        line,
        { words },
        { value: String(line.value ?? "unknown"), threshold: String(line.threshold ?? "unknown") },
      );
