import type { PositionSide } from "../../portfolio/position-side";
import type { Evidence } from "./decision";
import { roundEvidence } from "./round-evidence";

/** One condition as read: `met` null where a number it needs is unknown. */
export type ConditionReading = Pick<Evidence, "value" | "operator" | "threshold" | "met">;

type Comparison = "<" | "<=" | ">" | ">=";
type MaybeNumber = number | null | undefined;

const holds = (value: number, operator: Comparison, threshold: number): boolean => {
  switch (operator) {
    case "<":
      return value < threshold;
    case "<=":
      return value <= threshold;
    case ">":
      return value > threshold;
    case ">=":
      return value >= threshold;
  }
};

/** [value, operator, threshold] in the condition's own unit. */
export const compare = (...[left, operator, right]: [MaybeNumber, Comparison, MaybeNumber]): ConditionReading => {
  const value = left ?? null;
  const threshold = right ?? null;
  const met = value === null || threshold === null ? null : holds(value, operator, threshold);
  return { value, operator, threshold, met };
};

/** Above the threshold for a long, below it for a short. */
export const beyond = (side: PositionSide, value: MaybeNumber, threshold: MaybeNumber): ConditionReading =>
  compare(value, side === "long" ? ">" : "<", threshold);

/** Several readings that must all be met, as "how many of how many"; unknown when any of them is unknown. */
export const allOf = (readings: readonly ConditionReading[]): ConditionReading => {
  const isKnown = readings.every((reading) => reading.met !== null);
  const metCount = readings.filter((reading) => reading.met === true).length;
  return compare(isKnown ? metCount : null, ">=", readings.length);
};

/** A crossing in the side's direction, already judged by the caller. */
export const crossing = (
  side: PositionSide,
  levels: { readonly value: MaybeNumber; readonly threshold: MaybeNumber },
  met: boolean | null,
): ConditionReading => ({
  value: levels.value ?? null,
  operator: side === "long" ? "crosses-up" : "crosses-down",
  threshold: levels.threshold ?? null,
  met,
});

/** Scores are hundredths, or hundredths x 0.8, so four decimals hold them. Rounding removes errors as of 0.1 + 0.2. */
const SCORE_STEPS = 10_000;

export const roundScore = (score: number): number => Math.round(score * SCORE_STEPS) / SCORE_STEPS + 0; // + 0: JSON loses -0

type Labels = Pick<Evidence, "side" | "category" | "condition" | "weight" | "contribution">;

/** One line of evidence from a condition's reading. */
export const toEvidence = (reading: ConditionReading, labels: Labels): Evidence => ({
  side: labels.side,
  category: labels.category,
  condition: labels.condition,
  value: roundEvidence(reading.value),
  operator: reading.operator,
  threshold: roundEvidence(reading.threshold),
  met: reading.met,
  weight: roundScore(labels.weight),
  contribution: roundScore(labels.contribution),
});
