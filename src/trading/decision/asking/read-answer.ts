import { ANSWER_TOOL, answerSchema, pairAnswerSchema, type PairAnswer } from "./answer";
import { cutText } from "./quote-text";

/** What is read of a reply of the Messages API: anything may be in it. */
export type ModelReply = { readonly stopReason: string | null; readonly content: readonly unknown[] };

/** Of one pair: what the model wants, or why its answer counts for nothing. */
export type ReadPair = PairAnswer | { readonly fault: string };

/**
 * `pairs`: an answer or a fault for every pair that was asked about. `ignored`: pairs that were not. `fault`: why nothing
 * of the reply can be used, as words that a repair may be asked by.
 */
export type ReadAnswer =
  { readonly pairs: ReadonlyMap<string, ReadPair>; readonly ignored: readonly string[] } | { readonly fault: string };

/** A map: a reply may name anything, also what every object has. */
const STOPPED: ReadonlyMap<string, string> = new Map([
  ["refusal", "the model refused to answer"],
  ["max_tokens", "the reply was cut: it is longer than it may be"],
  ["model_context_window_exceeded", "the reply was cut: prompt and reply are longer than the model can read"],
  ["pause_turn", "the model paused before it answered"],
  ["end_turn", `the reply is prose: ${ANSWER_TOOL} was not called`],
  ["stop_sequence", `the reply is prose: ${ANSWER_TOOL} was not called`],
]);

/** Of what a reply is said to be wrong with, and of pairs that nobody asked about: a reply may be all of either. */
const FAULT_MAX = 300;
const NAME_MAX = 40;
const IGNORED_MAX = 20;

type Block = Readonly<Record<string, unknown>>;
const isBlock = (value: unknown): value is Block => typeof value === "object" && value !== null;

const findInput = ({ stopReason, content }: ModelReply): { readonly input: unknown } | { readonly fault: string } => {
  const tools = content.filter(isBlock).filter((block) => block["type"] === "tool_use");
  if (stopReason !== "tool_use") {
    return { fault: STOPPED.get(stopReason ?? "") ?? "the reply ended for a reason that is not known" };
  }
  const [wanted, ...more] = tools.filter((block) => block["name"] === ANSWER_TOOL);
  if (!wanted) return { fault: `another tool than ${ANSWER_TOOL} was called` };
  if (more.length > 0) return { fault: `${ANSWER_TOOL} was called more than once` };
  return { input: wanted["input"] };
};

const pairOf = (value: unknown): string | null =>
  isBlock(value) && typeof value["pair"] === "string" ? value["pair"] : null;

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
export const readAnswer = (reply: ModelReply, pairs: readonly string[]): ReadAnswer => {
  const found = findInput(reply);
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
