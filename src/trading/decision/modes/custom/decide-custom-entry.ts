import { decimal, priceToMoney, toPlain, type Decimal } from "../../../money";
import { NO_EXIT_TERMS } from "../../../portfolio/exit-terms";
import type { PositionSide } from "../../../portfolio/position-side";
import { holdDecision, type Decision, type DecisionReason } from "../../basis/decision";
import { exitEvidence, readBlocks, type ExitVerdict } from "./custom-exits";
import type { CustomAnswer, CustomQuestion, CustomReason } from "./custom-question";
import type { Candidate } from "./custom-readings";
import type { Setup } from "./custom-settings";

const hold = holdDecision<CustomReason>;

/** What an entry would be by. */
type Entry = { readonly side: PositionSide; readonly setup: Setup; readonly candidate: Candidate };

/** Opens the side that scored higher when its setup, its score and its own exit rules allow it; else holds and says why. */
export const decideCustomEntry = (question: CustomQuestion, { scores, last }: CustomAnswer): Decision => {
  const { pair, settings, analysis } = question;
  const side: PositionSide = scores.long > scores.short ? "long" : "short";
  const score = scores[side];
  const details = { decidedCandle: analysis.candle, score, scores, evidence: [...analysis.evidence] };
  const candidate = last.candidates[side];
  const setup = settings[side].setups.find(({ code }) => code === candidate?.setup);
  if (scores.long === scores.short) {
    const isAny = last.candidates.long !== null || last.candidates.short !== null;
    const reason = isAny
      ? ({ code: "tie", text: `long and short both score ${score}` } as const)
      : ({ code: "no-setup", text: "no setup has all of its conditions met" } as const);
    return hold(pair, reason, details);
  }
  if (candidate === null || setup === undefined) {
    return hold(pair, { code: "no-setup", text: "no setup has all of its conditions met" }, details);
  }
  const blocks = readBlocks(last, settings, side);
  const shown = { ...details, evidence: [...details.evidence, ...exitEvidence(blocks, side)] };
  const entry: Entry = { side, setup, candidate };
  const refusal = refuseEntry(entry, blocks);
  if (refusal) return hold(pair, refusal, shown);
  const opened = openEntry(hold(pair, entryReason(entry), shown), entry, last.close);
  return opened.action === "open" ? { ...opened, invalidation: settings[side].exits.map(({ name }) => name) } : opened;
};

const entryReason = ({ side, setup, candidate }: Entry): DecisionReason<CustomReason> => ({
  code: "entry",
  text: `${side} by ${setup.name}: score ${candidate.score} of at least ${setup.scoreMin}`,
});

const refuseEntry = (
  { side, setup, candidate }: Entry,
  blocks: readonly ExitVerdict[],
): DecisionReason<CustomReason> | null => {
  const { score } = candidate;
  if (candidate.isMet !== true) {
    const text = `${side} by ${setup.name} scores ${score}, but its trigger is not met`;
    return { code: "no-trigger", text };
  }
  if (score < setup.scoreMin) {
    return { code: "score-below-minimum", text: `${side} by ${setup.name} scores ${score}, below ${setup.scoreMin}` };
  }
  const block = blocks.find(({ holds }) => holds);
  if (block === undefined) return null;
  return {
    code: "exit-rule-holds",
    text: `no ${side} is opened while its own exit rule holds: ${block.exit.name}`,
  };
};

/** A level measured from a value, by default from the close; null where that is unknown. */
const levelOf = (
  { from, fraction }: Setup["stop"],
  read: { readonly value: number | null; readonly entry: Decimal },
  sign: 1 | -1,
): Decimal | null => {
  const base = from === null ? read.entry : read.value === null ? null : priceToMoney(read.value);
  return base && base.times(decimal(1).plus(decimal(fraction).times(sign)));
};

/** The size of the highest tier that the score reaches. */
const sizeOf = ({ sizes }: Setup, score: number): number | null =>
  sizes.find(({ scoreMin }) => score >= scoreMin)?.sizeFraction ?? null;

/** What a price column holds: 18 digits behind the point, 15 before it. */
const PRICE_DIGITS = 18;
const PRICE_BELOW = 1e15;
const isStorable = (level: Decimal): boolean => level.toDecimalPlaces(PRICE_DIGITS).gt(0) && level.lt(PRICE_BELOW);

type Levels = { readonly entry: Decimal; readonly stop: Decimal; readonly target: Decimal };

/** Where the position begins and ends; null where its stop or target is unknown or on the wrong side of the close. */
const levelsOf = ({ side, setup, candidate }: Entry, close: number): Levels | null => {
  const entry = priceToMoney(close);
  const sign = side === "long" ? 1 : -1;
  const stop = levelOf(setup.stop, { value: candidate.stopFrom, entry }, sign === 1 ? -1 : 1);
  const target = levelOf(setup.target, { value: candidate.targetFrom, entry }, sign);
  if (stop === null || target === null) return null;
  const [lowest, highest] = side === "long" ? [stop, target] : [target, stop];
  if (!isStorable(lowest) || !isStorable(highest)) return null;
  return lowest.lt(entry) && highest.gt(entry) ? { entry, stop, target } : null;
};

/** Prices in plain notation. The gate rounds them to the market's tick. */
const openEntry = (held: Decision, entry: Entry, close: number): Decision => {
  const { side, setup, candidate } = entry;
  const levels = levelsOf(entry, close);
  if (levels === null) {
    const text = `${side} by ${setup.name}: its stop or its target is unknown or on the wrong side of the close`;
    return { ...held, reason: { code: "no-level" satisfies CustomReason, text } };
  }
  return {
    ...held,
    action: "open",
    side,
    sizeFraction: sizeOf(setup, candidate.score),
    leverage: setup.leverage,
    entryPrice: toPlain(levels.entry),
    stopLoss: toPlain(levels.stop),
    takeProfit: toPlain(levels.target),
    ...(setup.exits && { exits: { ...NO_EXIT_TERMS, ...setup.exits } }),
  };
};
