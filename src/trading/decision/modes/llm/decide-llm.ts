import { priceToMoney, toPlain } from "../../../money";
import { exitTermsSchema, type ExitTerms } from "../../../portfolio/exit-terms";
import type { PositionSide } from "../../../portfolio/position-side";
import { holdDecision, type Decision, type Evidence } from "../../basis/decision";
import type { HeldPosition } from "../../basis/decision-mode";
import type { CommonReason } from "../../basis/reason-codes";
import type { EntryAnswer, PairAnswer } from "../../asking/answer";
import { conditionText } from "../../asking/condition-text";
import { checkCitations, type CheckedCitation } from "../../asking/check-citations";
import type { Fact } from "../../asking/fact";
import type { LlmSettings } from "../../asking/llm-settings";
import { plainText } from "../../asking/quote-text";
import type { ReadPair } from "../../asking/read-answer";

type LlmReason =
  | CommonReason
  | "no-answer"
  | "model-holds"
  | "ungrounded"
  | "low-confidence"
  | "wrong-levels"
  | "poor-reward"
  | "side-not-traded"
  | "nothing-to-close"
  | "model-closes";

export type AnsweredPair = {
  readonly pair: string;
  readonly settings: LlmSettings;
  readonly position: HeldPosition | null;
  /** The close and the open time of the decision candle. */
  readonly close: number;
  readonly candle: number;
  readonly answer: ReadPair;
  /** All that the model was told. */
  readonly facts: readonly Fact[];
};

const hold = holdDecision<LlmReason>;
const REASON_MAX = 600;
const PATH_MAX = 100;

/** What is cited is stored in plain notation: of a number beyond these, which nobody was told, only the reason speaks. */
const NUMBER_LEAST = 1e-12;
const NUMBER_MOST = 1e15;

const numberOf = (value: number | string | null): number | null => {
  if (typeof value !== "number") return null;
  const size = Math.abs(value);
  return size === 0 || (size >= NUMBER_LEAST && size < NUMBER_MOST) ? value : null;
};

/** What was cited as evidence: the value shown, the value cited, and whether they agree. */
const toEvidence = (
  { path, value, shown, verdict }: CheckedCitation,
  { side, pair }: { readonly side: PositionSide; readonly pair: string },
): Evidence => ({
  side,
  category: "cited",
  // Of its own pair, by what every pair has.
  condition: plainText(path.startsWith(`${pair}.`) ? path.slice(pair.length + 1) : path, PATH_MAX),
  value: numberOf(shown),
  operator: "=",
  threshold: numberOf(value),
  met: verdict === "missing-value" ? null : verdict === "grounded",
  weight: 0,
  contribution: 0,
});

const faultOf = ({ path, value, shown, verdict }: CheckedCitation): string => {
  if (verdict === "unknown-path") return `it cites ${path}, which it was not told`;
  if (verdict === "missing-value") return `it cites ${path} as ${value}, which was said to be missing`;
  if (verdict === "quoted") return `it cites ${path}, which only quotes what others say`;
  return `it cites ${path} as ${value}, and was told ${shown}`;
};

/** Why an answer has no ground; null: each number that it cites is so, and enough of them are of its own market. */
const ungroundedBy = ({ pair, settings }: AnsweredPair, checked: readonly CheckedCitation[]): string | null => {
  const wrong = checked.find(({ verdict }) => verdict !== "grounded");
  if (wrong) return faultOf(wrong);
  const own = new Set(
    checked
      .filter(({ path, shown }) => path.startsWith(`${pair}.`) && typeof shown === "number")
      .map(({ path }) => path),
  );
  const { citationsMin } = settings;
  return own.size >= citationsMin ? null : `it cites ${own.size} numbers of ${pair}, and ${citationsMin} are needed`;
};

const exitsOf = ({ invalidation }: EntryAnswer): ExitTerms =>
  exitTermsSchema.parse({
    invalidation: invalidation.map((condition) =>
      condition.on === "close"
        ? { ...condition, price: toPlain(priceToMoney(condition.price)) }
        : { ...condition, unlessPrice: toPlain(priceToMoney(condition.unlessPrice)) },
    ),
  });

const sideOf = ({ action }: EntryAnswer): PositionSide => (action === "open_long" ? "long" : "short");

/** So many times the price no level is, nor such a share of it: books keep no price of any size. */
const FARTHEST = 1000;

const levelsOf = ({ stop_loss: stop, take_profit: target, invalidation }: EntryAnswer): number[] => [
  stop,
  target,
  ...invalidation.map((condition) => (condition.on === "close" ? condition.price : condition.unlessPrice)),
];

/** Why its levels cannot be those of this entry; null: they can. */
const refusedLevels = (
  { close, settings }: AnsweredPair,
  answer: EntryAnswer,
): { readonly code: LlmReason; readonly text: string } | null => {
  const far = levelsOf(answer).find((level) => level > close * FARTHEST || level < close / FARTHEST);
  if (far !== undefined) {
    return { code: "wrong-levels", text: `its level ${far} is out of all proportion to the price ${close}` };
  }
  const sign = sideOf(answer) === "long" ? 1 : -1;
  const [risk, reward] = [sign * (close - answer.stop_loss), sign * (answer.take_profit - close)];
  if (risk <= 0 || reward <= 0) {
    const text = `stop ${answer.stop_loss} and target ${answer.take_profit} are not on either side of the price ${close}`;
    return { code: "wrong-levels", text };
  }
  if (reward / risk >= settings.rewardRiskMin) return null;
  const ratio = (reward / risk).toFixed(2);
  return {
    code: "poor-reward",
    text: `its target gains ${ratio} times what its stop loses, below ${settings.rewardRiskMin}`,
  };
};

const refusedEntry = (question: AnsweredPair, answer: EntryAnswer) => {
  const { settings } = question;
  if (settings.sides === "long" && sideOf(answer) === "short") {
    return { code: "side-not-traded" as const, text: "the model wants a short, and this bot only buys" };
  }
  if (answer.confidence < settings.confidenceMin) {
    const text = `its confidence is ${answer.confidence}, below ${settings.confidenceMin}`;
    return { code: "low-confidence" as const, text };
  }
  return refusedLevels(question, answer);
};

type Details = Pick<Decision, "decidedCandle" | "score" | "evidence">;

const enter = (question: AnsweredPair, answer: EntryAnswer, details: Details): Decision => {
  const { pair, settings, close } = question;
  const refused = refusedEntry(question, answer);
  if (refused) return hold(pair, refused, details);
  return {
    ...hold(pair, { code: "entry", text: answer.thesis }, details),
    action: "open",
    side: sideOf(answer),
    sizeFraction: settings.sizeFraction,
    leverage: settings.leverage,
    entryPrice: toPlain(priceToMoney(close)),
    stopLoss: toPlain(priceToMoney(answer.stop_loss)),
    takeProfit: toPlain(priceToMoney(answer.take_profit)),
    exits: exitsOf(answer),
    invalidation: answer.invalidation.map(conditionText),
  };
};

const isEntry = (answer: PairAnswer): answer is EntryAnswer =>
  answer.action === "open_long" || answer.action === "open_short";

type Grounded = { readonly details: Details; readonly ungrounded: string | null };

const ground = (question: AnsweredPair, answer: PairAnswer): Grounded => {
  const { pair, position, candle, facts } = question;
  const checked = checkCitations(answer.evidence, facts);
  const side = isEntry(answer) ? sideOf(answer) : (position?.side ?? "long");
  const evidence = checked.map((citation) => toEvidence(citation, { side, pair }));
  const details = { decidedCandle: candle, score: answer.confidence, evidence };
  return { details, ungrounded: answer.action === "hold" ? null : ungroundedBy(question, checked) };
};

type Answered = { readonly answer: PairAnswer; readonly details: Details };

const decideHeld = (pair: string, { side }: HeldPosition, { answer, details }: Answered): Decision => {
  if (answer.action === "close") {
    return { ...hold(pair, { code: "model-closes", text: answer.thesis }, details), action: "close", side };
  }
  const text = answer.action === "hold" ? answer.thesis : `the ${side} stays open: one position a pair`;
  return hold(pair, { code: "position-open", text }, details);
};

const decideFree = (question: AnsweredPair, { answer, details }: Answered): Decision => {
  const { pair } = question;
  if (isEntry(answer)) return enter(question, answer, details);
  if (answer.action === "hold") return hold(pair, { code: "model-holds", text: answer.thesis }, details);
  return hold(pair, { code: "nothing-to-close", text: "the model closes a position that is not there" }, details);
};

const decideAnswered = (question: AnsweredPair): Decision => {
  const { pair, answer, position, candle } = question;
  if ("fault" in answer) return hold(pair, { code: "no-answer", text: answer.fault }, { decidedCandle: candle });
  const { details, ungrounded } = ground(question, answer);
  if (ungrounded !== null) return hold(pair, { code: "ungrounded", text: ungrounded }, details);
  const answered = { answer, details };
  return position === null ? decideFree(question, answered) : decideHeld(pair, position, answered);
};

/**
 * The decision for one pair by what the model answered about it. A model proposes: what it cites is compared with what it
 * was told, and its levels and its confidence with the settings; whatever does not hold is a hold that says why.
 */
export const decideLlm = (question: AnsweredPair): Decision => {
  const decision = decideAnswered(question);
  // A model's words are shown to people, so that nothing may hide in them.
  const text = plainText(decision.reason.text, REASON_MAX) || "the model gave no reason that can be shown";
  return { ...decision, reason: { ...decision.reason, text } };
};
