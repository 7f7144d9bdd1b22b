import type { Evidence } from "../../basis/decision";
import type { StoredHold } from "../../basis/decision-mode";
import { describeEvidence } from "../../basis/describe-evidence";
import type { SetupName } from "./indicator-setups";
import { INDICATOR_WORDS } from "./indicator-words";

const ASKED: Readonly<Record<Evidence["operator"], string>> = {
  "<": "be below",
  "<=": "be at most",
  ">": "be above",
  ">=": "be at least",
  "crosses-up": "cross from below to above",
  "crosses-down": "cross from above to below",
  is: "be equal to",
  "=": "be equal to",
};

/** How far its unmet lines are from their thresholds together, in shares of the larger of both. */
const distanceOf = (unmet: readonly Evidence[]): number =>
  unmet.reduce((sum, { value, threshold }) => {
    if (value === null || threshold === null) return Number.POSITIVE_INFINITY;
    const scale = Math.max(Math.abs(value), Math.abs(threshold));
    return sum + (scale === 0 ? 0 : Math.abs(value - threshold) / scale);
  }, 0);

const describe = (line: Evidence, priceDigits: number): string => {
  const { name, unit } = INDICATOR_WORDS.conditions[line.condition] ?? { name: line.condition, unit: "indicator" };
  const { value, threshold } = describeEvidence(line, { unit, priceDigits });
  return `${name} at ${value} would have to ${ASKED[line.operator]} ${threshold}`;
};

type Nearness = { readonly name: string; readonly unmet: readonly Evidence[] };

const SIDES = ["long", "short"] as const;
const SETUPS: readonly SetupName[] = ["pullback", "breakout"];

/** Setups that are known and not met, the one with fewest and nearest unmet conditions first. */
const unmetSetups = (evidence: readonly Evidence[]): Nearness[] =>
  SIDES.flatMap((side) => SETUPS.map((setup) => ({ side, setup })))
    .map(({ side, setup }) => {
      const lines = evidence.filter((line) => line.side === side && line.category === setup);
      return { name: `${setup} ${side}`, unmet: lines.filter(({ met }) => met !== true) };
    })
    .filter(({ unmet }) => unmet.length > 0 && unmet.every(({ met }) => met === false))
    .toSorted((one, other) => one.unmet.length - other.unmet.length || distanceOf(one.unmet) - distanceOf(other.unmet));

/** The nearest change of the market that would have made a setup, in words; null where none was looked for. */
export const nearestSetup = (stored: StoredHold, entryScoreMin: number): string | null => {
  const { reasonCode, evidence, scores, priceDigits } = stored;
  if (reasonCode === "warming-up") return "more candles would have to close first";
  if (reasonCode === "score-below-minimum") {
    const score = Math.max(scores.long ?? 0, scores.short ?? 0);
    return `the setup's score of ${score} would have to reach ${entryScoreMin}`;
  }
  if (reasonCode === "tie") return "one side would have to score higher than the other";
  if (reasonCode !== "no-setup" || evidence === null) return null;
  const [nearest] = unmetSetups(evidence);
  if (!nearest) return "no setup is known: a reading that it needs is missing";
  return `${nearest.name}: ${nearest.unmet.map((line) => describe(line, priceDigits)).join(", and ")}`;
};
