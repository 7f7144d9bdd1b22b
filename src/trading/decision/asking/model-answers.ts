import type { Fact } from "./fact";
import type { ReadPair } from "./read-answer";

/**
 * What came of a question to a model: what it was told and answered of each pair, or why the whole bot holds. It is what
 * the mode is told (`ModeQuestion.told`).
 */
export type ModelAnswers =
  | { readonly facts: readonly Fact[]; readonly pairs: ReadonlyMap<string, ReadPair> }
  | { readonly heldBecause: { readonly code: string; readonly text: string } };
