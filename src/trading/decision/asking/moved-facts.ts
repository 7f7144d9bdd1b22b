import type { Fact } from "./fact";

/** What passes by itself, so that a change of it alone is no news. */
const PASSING = /(^sentiment|\.position)\.age$/;

const told = (facts: readonly Fact[]): Map<string, Fact["value"]> =>
  new Map(facts.filter(({ path }) => !PASSING.test(path)).map(({ path, value }) => [path, value]));

/**
 * The paths whose facts differ from those that the model was asked with before, in the order of the present ones; what is
 * told no more comes last. Empty: asking again would ask the same.
 */
export const movedFacts = (before: readonly Fact[], now: readonly Fact[]): string[] => {
  const [old, present] = [told(before), told(now)];
  const changed = [...present].filter(([path, value]) => !old.has(path) || old.get(path) !== value);
  return [...changed.map(([path]) => path), ...[...old.keys()].filter((path) => !present.has(path))];
};
