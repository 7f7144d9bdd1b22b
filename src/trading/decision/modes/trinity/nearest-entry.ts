import type { PositionSide } from "../../../portfolio/position-side";
import type { Evidence } from "../../basis/decision";
import type { StoredHold } from "../../basis/decision-mode";
import { describeEvidence } from "../../basis/describe-evidence";
import type { ConditionWords } from "../../basis/evidence-words";
import type { TrinityReason } from "./trinity-reasons";
import { TRINITY_WORDS } from "./trinity-words";

/** A line of evidence with the price digits of its market. */
type Told = Evidence & { readonly priceDigits: number };

/** Scores have four decimals, so their differences are rounded to four too. */
const SCORE_DECIMALS = 4;
const shortScore = (score: number): number => Number(score.toFixed(SCORE_DECIMALS));

/** How far a value is from its threshold, as a fraction of the larger one. Parts count like values. */
const distanceOf = ({ value, threshold }: Evidence): number => {
  if (value === null || threshold === null) return Number.POSITIVE_INFINITY;
  const scale = Math.max(Math.abs(value), Math.abs(threshold));
  return scale === 0 ? 0 : Math.abs(value - threshold) / scale;
};

/** The opposite condition, for an exit rule that would have to end. */
const TURNED: Readonly<Record<Evidence["operator"], string>> = {
  "<": "be at least",
  "<=": "be above",
  ">": "be at most",
  ">=": "be below",
  "crosses-up": "be below",
  "crosses-down": "be above",
  is: "be other than",
  "=": "be other than",
};

/** A crossing needs a value on the other side first, so its words also fit a value already beyond the threshold. */
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

const OLDER: ConditionWords = { name: "a condition of an older version", unit: "indicator" };

const describe = (line: Told, words: Readonly<Record<Evidence["operator"], string>>): string => {
  const { name, unit } = TRINITY_WORDS.conditions[line.condition] ?? OLDER;
  const { value, threshold } = describeEvidence(line, { unit, priceDigits: line.priceDigits });
  if (unit === "parts") return `${name}, of which ${value} of ${threshold} parts are met`;
  return `${name} at ${value}, it would have to ${words[line.operator]} ${threshold}`;
};

const nearestOf = (lines: readonly Told[]): Told | undefined =>
  lines
    .filter((line) => line.met === false && Number.isFinite(distanceOf(line)))
    .toSorted((first, second) => distanceOf(first) - distanceOf(second))[0];

/** Lines of categories that add nothing to the score yet: meeting one would add its category's weight. */
const openLines = (evidence: readonly Told[]): Told[] => {
  const counted = new Set(evidence.filter(({ contribution }) => contribution > 0).map(({ category }) => category));
  return evidence.filter(({ category, weight }) => weight > 0 && category !== "adjustment" && !counted.has(category));
};

const OPPOSITION = "confirm-opposes";
const OPPOSED_SHARE = 0.8;

/** What one more category would add to the score: less where the second timeframe opposes. */
const gainOf = (line: Told, evidence: readonly Told[]): number =>
  line.weight * (evidence.some(({ condition, met }) => condition === OPPOSITION && met === true) ? OPPOSED_SHARE : 1);

const shortOfScore = (evidence: readonly Told[], score: number, least: number): string => {
  const missing = shortScore(least - score);
  const open = openLines(evidence);
  const enough = open.filter((line) => gainOf(line, evidence) >= missing);
  const nearest = nearestOf(enough) ?? nearestOf(open);
  const gap = `score ${score} of 1, ${missing} short`;
  if (!nearest) return `${gap}: no condition that is known and not met would add to it`;
  const gain = shortScore(gainOf(nearest, evidence));
  const alone = gain < missing ? ` (it adds ${gain} and is not enough alone)` : "";
  return `${gap}: the nearest condition is ${describe(nearest, ASKED)}${alone}`;
};

const withoutTrigger = (evidence: readonly Told[], score: number, least: number): string => {
  const nearest = nearestOf(evidence.filter(({ category }) => category === "entry"));
  const trigger = nearest
    ? `the nearest entry trigger is ${describe(nearest, ASKED)}`
    : "an entry trigger would have to be met";
  const weight = nearest ? gainOf(nearest, evidence) : 0;
  const missing = shortScore(least - score - weight);
  return missing > 0 ? `${trigger}; with it the score of ${score} would still be ${missing} short` : trigger;
};

const withoutBlock = (evidence: readonly Told[]): string | null => {
  const blocking = evidence.find(({ category, met }) => category === "exit" && met === true);
  return blocking ? `its own exit rule would have to end: ${describe(blocking, TURNED)}` : null;
};

/**
 * The nearest change of the market that would have let Trinity enter on the side that scored higher, in words; null
 * where no entry was refused (a position is open) or nothing is known. Nearest means relative to the threshold.
 */
export const nearestEntry = (hold: StoredHold, entryScoreMin: number): string | null => {
  const { scores, evidence, priceDigits } = hold;
  const isFor = (reason: TrinityReason): boolean => hold.reasonCode === reason;
  if (isFor("warming-up")) return "more candles would have to close first";
  const { long, short } = scores;
  if (long === null || short === null || evidence === null) return null;
  if (isFor("tie")) return `one side would have to score higher than the other: both score ${long} of 1`;
  const side: PositionSide = long > short ? "long" : "short";
  const lines = evidence.filter((line) => line.side === side).map((line) => ({ ...line, priceDigits }));
  const score = Math.max(long, short);
  if (isFor("score-below-minimum")) return `${side}: ${shortOfScore(lines, score, entryScoreMin)}`;
  if (isFor("no-trigger")) return `${side}: ${withoutTrigger(lines, score, entryScoreMin)}`;
  return isFor("exit-rule-holds") ? withoutBlock(lines) : null;
};
