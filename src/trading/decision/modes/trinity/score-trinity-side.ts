import type { PositionSide } from "../../../portfolio/position-side";
import type { Evidence } from "../../basis/decision";
import { roundScore, toEvidence } from "../../basis/condition-reading";
import { readTrinityAdjustments } from "./trinity-adjustments";
import { TRIGGER_CATEGORY, TRINITY_CATEGORIES, type ConditionReader } from "./trinity-conditions";
import type { TrinitySignals } from "./trinity-signals";

/** `score` 0..1; the trigger is met where any condition of the entry category is. */
export type TrinitySideScore = { readonly score: number; readonly isTriggerMet: boolean };

type Category = {
  readonly name: string;
  readonly weight: number;
  readonly readers: readonly [string, ConditionReader][];
};

const CATEGORIES: readonly Category[] = TRINITY_CATEGORIES.map(({ name, weight, conditions }) => ({
  name,
  weight,
  readers: Object.entries(conditions),
}));

/** The index of the condition that counts for a category: the first one met; -1 without one. */
const countedIn = ({ readers }: Category, signals: TrinitySignals, side: PositionSide): number =>
  readers.findIndex(([, read]) => read(signals, side).met === true);

/** Scores one side (TRADING section 4). A category's weight counts once. */
export const scoreTrinitySide = (signals: TrinitySignals, side: PositionSide): TrinitySideScore => {
  let base = 0;
  let isTriggerMet = false;
  for (const category of CATEGORIES) {
    if (countedIn(category, signals, side) === -1) continue;
    base += roundScore(category.weight);
    if (category.name === TRIGGER_CATEGORY) isTriggerMet = true;
  }
  let score = base;
  for (const { reading, weight } of readTrinityAdjustments(signals, side, base)) {
    if (reading.met === true) score += roundScore(weight);
  }
  return { score: roundScore(Math.min(1, Math.max(0, score))), isTriggerMet };
};

/** What the score of a side was made of: its contributions sum to it, but for the limits 0 and 1. */
export const evidenceOfSide = (signals: TrinitySignals, side: PositionSide): Evidence[] => {
  const lines = CATEGORIES.flatMap((category) => {
    const { name, weight, readers } = category;
    const counted = countedIn(category, signals, side);
    return readers.map(([condition, read], index) => {
      const contribution = index === counted ? weight : 0;
      return toEvidence(read(signals, side), { side, category: name, condition, weight, contribution });
    });
  });
  const base = lines.reduce((sum, line) => sum + line.contribution, 0);
  const adjustments = readTrinityAdjustments(signals, side, base).map(({ condition, weight, reading }) => {
    const contribution = reading.met === true ? weight : 0;
    return toEvidence(reading, { side, category: "adjustment", condition, weight, contribution });
  });
  return [...lines, ...adjustments];
};

/** Both sides are read each time, whichever is traded. */
export const evidenceOfBoth = (signals: TrinitySignals): Evidence[] => [
  ...evidenceOfSide(signals, "long"),
  ...evidenceOfSide(signals, "short"),
];

/** The same as a side's score says, read off its evidence. */
export const isTriggerMetIn = (evidence: readonly Evidence[], side: PositionSide): boolean =>
  evidence.some((line) => line.side === side && line.category === TRIGGER_CATEGORY && line.met === true);
