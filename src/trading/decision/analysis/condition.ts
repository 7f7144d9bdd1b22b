/** Whether something holds; null where the data to tell is missing. */
export type Truth = boolean | null;

/** One comparison of a reading, in the reading's own unit. `met` is null where the value or the threshold is unknown. */
export type Condition = {
  readonly condition: string;
  readonly value: number | null;
  readonly operator: "<" | ">";
  readonly threshold: number | null;
  readonly met: Truth;
};

/** Compares, and keeps what was compared. */
export const compare = (parts: Omit<Condition, "met">): Condition => {
  const { value, operator, threshold } = parts;
  if (value === null || threshold === null) return { ...parts, met: null };
  return { ...parts, met: operator === ">" ? value > threshold : value < threshold };
};

/** True when one is true, also beside unknown ones; unknown when one of the others could still be true. */
export const anyOf = (truths: readonly Truth[]): Truth => {
  if (truths.includes(true)) return true;
  return truths.includes(null) ? null : false;
};

/** False when one is false, also beside unknown ones; unknown when one of the others could still be false. */
export const allOf = (truths: readonly Truth[]): Truth => {
  if (truths.includes(false)) return false;
  return truths.includes(null) ? null : true;
};
