import { movedFacts } from "../decision/asking/moved-facts";
import type { ModelQuestion } from "./model-question";

/** What is remembered of a question that a model answered. */
export type AnsweredQuestion = Pick<ModelQuestion, "pairs" | "facts"> & {
  readonly settings: Pick<ModelQuestion["settings"], "model">;
  readonly prompt: { readonly frameVersion: number; readonly system: readonly string[] };
};

/** Why a bot holds, and nobody is asked, where nothing moved. */
export const NOTHING_MOVED = {
  code: "nothing-moved",
  text: "nothing that the model is told has moved since its last answer, so it was not asked again",
} as const;

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((each, index) => each === other[index]);

/**
 * Whether a question would ask the same as the one that was answered before: by the same frame, strategy and model about
 * the same pairs, and none of what it shows has moved.
 */
export const isUnmoved = (before: AnsweredQuestion, now: ModelQuestion): boolean =>
  before.settings.model === now.settings.model &&
  before.prompt.frameVersion === now.prompt.frameVersion &&
  isSame(before.prompt.system, now.prompt.system) &&
  isSame(before.pairs, now.pairs) &&
  movedFacts(before.facts, now.facts).length === 0;
