import { isUnmoved, NOTHING_MOVED, type AnsweredQuestion } from "../cycle/model-gate";
import { toModelRequest, type ModelQuestion } from "../cycle/model-question";
import type { ModelAnswers } from "../decision/asking/model-answers";
import { readAnswer, type ReadAnswer } from "../decision/asking/read-answer";
import { readReplyBody } from "../decision/asking/read-reply-body";
import { PLAIN_DELIMITER, replyKeyText, writeRepair, type Prompt } from "../decision/asking/write-prompt";
import { costAtMost } from "../model/cost-at-most";
import { findNamedPrice } from "../model/find-named-model";
import { ZERO, type Decimal } from "../money";
import type { FindReply } from "./recorded-replies";

/** What stands for a model in a backtest. Nobody is called: what was not recorded is not known. */
export type RecordedModel = {
  readonly find: FindReply;
  /** SHA-256 of a text, in hex. */
  readonly hash: (text: string) => string;
  /** ms of wall time: what a new call would cost is told by the prices of then. */
  readonly pricedAt: number;
};

/** How the questions of a bot were answered. */
export type ModelTally = {
  readonly model: string;
  /** Asked of a model: those that moved nothing are left out. */
  readonly questions: number;
  /** Not asked, since nothing that would be shown had moved since the last answer. */
  readonly unmoved: number;
  readonly answered: number;
  /** Without a recorded reply: a real run would have to pay for them. */
  readonly missing: number;
  /** What those would cost at most together, US dollars; null: unknown. */
  readonly costAtMost: Decimal | null;
  /** Why that is unknown; null: it is known. */
  readonly priceUnknown: string | null;
};

const NO_RECORDED_REPLY = "no-recorded-reply";
const NO_ANSWER = "no-answer";

const TOO_LONG = "A prompt of that length has no price.";

/** Answers the questions of one bot from what was recorded, as a cycle would: also without asking where nothing moved. */
export const createRecordedAnswers = ({ find, hash, pricedAt }: RecordedModel, model: string) => {
  const priced = findNamedPrice(model, pricedAt);
  const counts = { questions: 0, unmoved: 0, answered: 0, missing: 0 };
  let cost: Decimal | null = "price" in priced ? ZERO : null;
  let priceUnknown = "price" in priced ? null : priced.reason;
  let last: AnsweredQuestion | null = null;

  const replyTo = (question: ModelQuestion, prompt: Prompt): string | undefined =>
    find(hash(replyKeyText(question.settings.model, prompt, PLAIN_DELIMITER)));

  const noteMissing = ({ prompt }: ModelQuestion): void => {
    counts.missing += 1;
    if (!("price" in priced) || cost === null) return;
    const most = costAtMost(toModelRequest(prompt), priced.price);
    cost = most && cost.plus(most);
    if (most === null) priceUnknown = TOO_LONG;
  };

  const readBoth = (question: ModelQuestion, raw: string): ReadAnswer => {
    const { prompt, pairs } = question;
    const first = readAnswer(readReplyBody(raw), pairs);
    if (!("fault" in first)) return first;
    const repaired = replyTo(question, writeRepair(prompt, first.fault));
    return repaired === undefined ? first : readAnswer(readReplyBody(repaired), pairs);
  };

  const ask = (question: ModelQuestion): ModelAnswers => {
    if (last !== null && isUnmoved(last, question)) {
      counts.unmoved += 1;
      return { heldBecause: NOTHING_MOVED };
    }
    counts.questions += 1;
    const raw = replyTo(question, question.prompt);
    if (raw === undefined) {
      noteMissing(question);
      return { heldBecause: { code: NO_RECORDED_REPLY, text: "no recorded reply to this question" } };
    }
    counts.answered += 1;
    const read = readBoth(question, raw);
    last = "fault" in read ? null : question;
    if ("fault" in read) return { heldBecause: { code: NO_ANSWER, text: read.fault } };
    return { facts: question.facts, pairs: read.pairs };
  };

  return { ask, tally: (): ModelTally => ({ model, ...counts, costAtMost: cost, priceUnknown }) };
};
