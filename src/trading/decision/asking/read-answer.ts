import { readToolCall, type ReplyBody } from "../../model/read-tool-call";
import { ANSWER_TOOL, answerSchema, pairAnswerSchema, type PairAnswer } from "./answer";
import { cutText } from "./quote-text";

/** Of one pair: what the model wants, or why its answer counts for nothing. */
export type ReadPair = PairAnswer | { readonly fault: string };

/**
 * `pairs`: an answer or a fault for every pair that was asked about. `ignored`: pairs that were not. `fault`: why nothing
 * of the reply can be used, as words that a repair may be asked by.
 */
export type ReadAnswer =
  { readonly pairs: ReadonlyMap<string, ReadPair>; readonly ignored: readonly string[] } | { readonly fault: string };

/** Of what a reply is said to be wrong with, and of pairs that nobody asked about: a reply may be all of either. */
const FAULT_MAX = 300;
const NAME_MAX = 40;
const IGNORED_MAX = 20;

const pairOf = (value: unknown): string | null =>
  typeof value === "object" && value !== null && "pair" in value && typeof value.pair === "string" ? value.pair : null;

const readPair = (found: readonly unknown[]): ReadPair => {
  const [answer, ...more] = found;
  if (answer === undefined) return { fault: "the model did not answer about it" };
  if (more.length > 0) return { fault: "the model answered about it more than once" };
  const read = pairAnswerSchema.safeParse(answer);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const fault = `the answer is not of the form asked for: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`;
  return { fault: cutText(fault.trim(), FAULT_MAX) };
};

const namesOf = (pairs: readonly string[]): string[] =>
  [...new Set(pairs.map((pair) => cutText(pair, NAME_MAX)))].slice(0, IGNORED_MAX);

/** Reads a reply about some pairs. Throws for nothing that a reply may hold. */
export const readAnswer = (reply: ReplyBody, pairs: readonly string[]): ReadAnswer => {
  const found = readToolCall(reply, ANSWER_TOOL);
  if ("fault" in found) return found;
  const answer = answerSchema.safeParse(found.input);
  if (!answer.success) return { fault: `the input of ${ANSWER_TOOL} is not of the form asked for` };
  const { decisions } = answer.data;
  const asked = new Set(pairs);
  const named = decisions.map(pairOf);
  return {
    pairs: new Map(pairs.map((pair) => [pair, readPair(decisions.filter((_, index) => named[index] === pair))])),
    ignored: namesOf(named.map((pair) => pair ?? "without a pair").filter((pair) => !asked.has(pair))),
  };
};
