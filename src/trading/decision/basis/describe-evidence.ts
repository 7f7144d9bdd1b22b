import { decimal } from "../../money";
import { formatGrouped, formatShort } from "../../format-number";
import type { Evidence } from "./decision";
import type { ConditionWords } from "./evidence-words";

const MILLION = 1_000_000;
const UNKNOWN = "—";
const SIGNIFICANT = 4;
/** Evidence is stored with eight significant digits, so four more than SIGNIFICANT show all of them. */
const MORE_MAX = 4;

/** Significant digits; from a million on (traded volumes) in millions, "12.35M". */
const formatIndicator = (value: number, digits: number): string =>
  Math.abs(value) < MILLION ? formatShort(value, digits) : `${formatShort(value / MILLION, digits)}M`;

const formatOrUnknown = (value: number | null, say: (value: number) => string): string =>
  value === null ? UNKNOWN : say(value);

type Texts = { readonly value: string; readonly threshold: string };

const bothBy = (
  { value, threshold }: Pick<Evidence, "value" | "threshold">,
  say: (value: number) => string,
): Texts => ({
  value: formatOrUnknown(value, say),
  threshold: formatOrUnknown(threshold, say),
});

/** The kind of a line's values. `unit` is from its condition's words; undefined where an older version wrote it. */
type Reading = { readonly unit: ConditionWords["unit"] | undefined; readonly priceDigits: number };

/**
 * A condition's value and its threshold, for readers: prices with their market's digits, indicators with four
 * significant ones, and what is asked to be so by yes or no. Two different values never look the same: they get more digits until they differ.
 */
export const describeEvidence = (
  line: Pick<Evidence, "value" | "threshold"> & Partial<Pick<Evidence, "operator">>,
  { unit, priceDigits }: Reading,
): Texts => {
  if (line.operator === "is") return bothBy(line, (value) => (value === 0 ? "no" : "yes"));
  const say =
    unit === "price"
      ? (more: number) => (value: number) => formatGrouped(decimal(value).toFixed(priceDigits + more))
      : (more: number) => (value: number) => formatIndicator(value, SIGNIFICANT + more);
  for (let more = 0; more < MORE_MAX; more += 1) {
    const texts = bothBy(line, say(more));
    if (texts.value !== texts.threshold || line.value === line.threshold) return texts;
  }
  return bothBy(line, say(MORE_MAX));
};
