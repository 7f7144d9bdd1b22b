import type { PositionSide } from "../../../portfolio/position-side";
import type { Evidence } from "../../basis/decision";
import type { StoredHold } from "../../basis/decision-mode";
import { describeEvidence } from "../../basis/describe-evidence";
import type { EvidenceWords } from "../../basis/evidence-words";
import type { CustomReason } from "./custom-question";
import { SIDES } from "./custom-reads";
import type { CustomSettings, Setup } from "./custom-settings";
import { customWords } from "./custom-words";

const ASKED: Readonly<Record<Evidence["operator"], string>> = {
  "<": "be below",
  "<=": "be at most",
  ">": "be above",
  ">=": "be at least",
  "crosses-up": "cross from below to above",
  "crosses-down": "cross from above to below",
  is: "be",
  "=": "be equal to",
};

/** How far a value is from its threshold, as a share of the larger one. */
const distanceOf = ({ value, threshold }: Evidence): number => {
  if (value === null || threshold === null) return Number.POSITIVE_INFINITY;
  const scale = Math.max(Math.abs(value), Math.abs(threshold));
  return scale === 0 ? 0 : Math.abs(value - threshold) / scale;
};
const distanceOfAll = (lines: readonly Evidence[]): number => lines.reduce((sum, line) => sum + distanceOf(line), 0);

type Told = { readonly words: EvidenceWords; readonly priceDigits: number };

const describe = (line: Evidence, { words, priceDigits }: Told): string => {
  const { name, unit } = words.conditions[line.condition] ?? { name: line.condition, unit: "indicator" };
  const { value, threshold } = describeEvidence(line, { unit, priceDigits });
  if (unit === "parts") return `${name}, of which ${value} of ${threshold} parts hold`;
  if (line.operator === "is") return `${name} would have to be ${threshold}, not ${value}`;
  return `${name} at ${value} would have to ${ASKED[line.operator]} ${threshold}`;
};

/** What a setup still needs, in lines: all that do not hold, or one of its trigger's. */
const missingOf = (setup: Setup, lines: readonly Evidence[]): readonly Evidence[] => {
  if (setup.kind === "conditions") {
    return lines.filter(({ category, met }) => category === setup.code && met !== true);
  }
  const trigger = lines.filter(({ category, met }) => category === setup.trigger && met === false);
  return trigger.toSorted((one, other) => distanceOf(one) - distanceOf(other)).slice(0, 1);
};

type Nearness = { readonly side: PositionSide; readonly setup: Setup; readonly missing: readonly Evidence[] };

/** Setups that are known and not met, the one with the fewest and nearest conditions first. */
const unmetSetups = (settings: CustomSettings, evidence: readonly Evidence[]): Nearness[] =>
  SIDES.flatMap((side) => {
    const lines = evidence.filter((line) => line.side === side);
    return settings[side].setups.map((setup) => ({ side, setup, missing: missingOf(setup, lines) }));
  })
    .filter(({ missing }) => missing.length > 0 && missing.every(({ met }) => met === false))
    .toSorted(
      (one, other) =>
        one.missing.length - other.missing.length || distanceOfAll(one.missing) - distanceOfAll(other.missing),
    );

const nearestUnmet = (settings: CustomSettings, evidence: readonly Evidence[], told: Told): string => {
  const [nearest] = unmetSetups(settings, evidence);
  if (!nearest) return "no setup is known: it has none, or a value that it needs is missing";
  const { side, setup, missing } = nearest;
  return `${side} by ${setup.name}: ${missing.map((line) => describe(line, told)).join(", and ")}`;
};

/** The nearest change of the market that would have let the rules enter, in words; null where none was looked for. */
export const nearestCustomEntry = (settings: CustomSettings, hold: StoredHold): string | null => {
  const { scores, evidence, priceDigits } = hold;
  const reason = hold.reasonCode as CustomReason;
  if (reason === "warming-up") return "more candles would have to close first";
  if (scores.long === null || scores.short === null || evidence === null) return null;
  const side = scores.long > scores.short ? "long" : "short";
  const told = { words: customWords(settings), priceDigits };
  const own = evidence.filter((line) => line.side === side);
  const blocking = own.find(({ category, met }) => category === "exit" && met === true);
  const answers: Partial<Record<CustomReason, () => string | null>> = {
    tie: () => "one side would have to score higher than the other",
    "no-setup": () => nearestUnmet(settings, evidence, told),
    "no-trigger": () => nearestUnmet(settings, own, told),
    "score-below-minimum": () => `${side}: its score of ${scores[side]} would have to be higher`,
    "exit-rule-holds": () =>
      blocking ? `its own exit rule would have to end: ${told.words.conditions[blocking.condition]?.name}` : null,
  };
  return answers[reason]?.() ?? null;
};
