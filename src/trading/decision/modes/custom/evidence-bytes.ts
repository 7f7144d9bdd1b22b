import { shownIn, SIDES, type CustomReads, type SetupReads, type SideReads } from "./custom-reads";
import type { CodedCondition, Condition } from "./rule-types";

/** What the database takes of an analysis, less what every analysis has beside its lines. */
export const EVIDENCE_BYTES_MAX = 7200;

/** A number of evidence in plain notation: 8 digits of a value between 1e-15 and 1e15. */
const NUMBER_BYTES = 25;
/** Side, two shares of the score, met, and the marks between all values. */
const LINE_BYTES = 62;
/** An exit's reading: two numbers, met, a time, and the marks between them. */
const EXIT_BYTES = 2 * NUMBER_BYTES + 32;
/** The longest comparison, with its quotes; a crossing is longer. */
const OPERATOR_BYTES = 4;
const CROSSING_BYTES = 14;

/** A constant is shorter, unless it is very large or very small; a count of parts is never long. */
const SHORT_NUMBER_BYTES = 12;
const thresholdBytes = (condition: Condition): number => {
  if ("crosses" in condition) return NUMBER_BYTES;
  if (!("is" in condition)) return SHORT_NUMBER_BYTES;
  const { right } = condition;
  const isShort = typeof right === "number" && (right === 0 || (Math.abs(right) >= 0.01 && Math.abs(right) < 1e8));
  return isShort ? SHORT_NUMBER_BYTES : NUMBER_BYTES;
};

const lineBytes = (category: string, { code, when }: CodedCondition): number => {
  const operator = "crosses" in when ? CROSSING_BYTES : OPERATOR_BYTES;
  return LINE_BYTES + NUMBER_BYTES + thresholdBytes(when) + operator + category.length + code.length;
};

const sum = (sizes: readonly number[]): number => sizes.reduce((total, size) => total + size, 0);

const setupBytes = (setup: SetupReads): number =>
  sum(shownIn(setup).map(({ category, condition }) => lineBytes(category, condition)));

const sideBytes = ({ setups, exits }: SideReads): number => sum(setups.map(setupBytes)) + exits.length * EXIT_BYTES;

/** The most that an analysis by these rules takes as stored. */
export const evidenceBytes = (reads: CustomReads): number => sum(SIDES.map((side) => sideBytes(reads[side])));
