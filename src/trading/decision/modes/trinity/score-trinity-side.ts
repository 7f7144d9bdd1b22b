import type { PositionSide } from "../../../portfolio/position-side";
import type { Evidence } from "../../basis/decision";
import { roundScore, toEvidence } from "../../basis/condition-reading";
import { readTrinityAdjustments } from "./trinity-adjustments";
import { TRINITY_CATEGORIES } from "./trinity-conditions";
import type { TrinitySignals } from "./trinity-signals";

/** `score` 0..1. */
export type TrinitySideScore = {
  readonly side: PositionSide;
  readonly score: number;
  readonly evidence: readonly Evidence[];
};

/** Scores one side (TRADING section 4). A category's weight counts once, on the line of its first met condition. */
export const scoreTrinitySide = (signals: TrinitySignals, side: PositionSide): TrinitySideScore => {
  const lines = TRINITY_CATEGORIES.flatMap(({ name, weight, conditions }) => {
    const readings = Object.entries(conditions).map(([condition, read]) => ({
      condition,
      reading: read(signals, side),
    }));
    const counted = readings.find(({ reading }) => reading.met === true);
    return readings.map((line) => {
      const contribution = line === counted ? weight : 0;
      return toEvidence(line.reading, { side, category: name, condition: line.condition, weight, contribution });
    });
  });
  const base = sumContributions(lines);
  const adjustments = readTrinityAdjustments(signals, side, base).map(({ condition, weight, ...reading }) => {
    const contribution = reading.met === true ? weight : 0;
    return toEvidence(reading, { side, category: "adjustment", condition, weight, contribution });
  });
  const evidence = [...lines, ...adjustments];
  return {
    side,
    score: roundScore(Math.min(1, Math.max(0, sumContributions(evidence)))),
    evidence,
  };
};

export type TrinityScores = Readonly<Record<PositionSide, TrinitySideScore>>;

/** Both sides are scored each time, whichever is traded. */
export const scoreTrinitySides = (signals: TrinitySignals): TrinityScores => ({
  long: scoreTrinitySide(signals, "long"),
  short: scoreTrinitySide(signals, "short"),
});

export const evidenceOfBoth = ({ long, short }: TrinityScores): Evidence[] => [...long.evidence, ...short.evidence];

/** Whether any condition of a side's entry category is met. */
export const isTriggerMet = (evidence: readonly Evidence[], side: PositionSide): boolean =>
  evidence.some((line) => line.side === side && line.category === "entry" && line.met === true);

const sumContributions = (evidence: readonly Evidence[]): number =>
  evidence.reduce((sum, line) => sum + line.contribution, 0);
