import { allOf, type Truth } from "../../analysis/condition";
import { compare } from "../../basis/condition-reading";
import { innerOf, type Condition } from "./rule-types";
import type { ValueAt } from "./rule-values";

/** Whether a condition holds at the decision candle `back` before the last; null: unknown, and never met. */
export type HoldsAt = (condition: Condition, back: number) => Truth;

type Crossing = Extract<Condition, { crosses: string }>;
type Standing = "beyond" | "inside" | "before";

/** Where a value stands to the zone that it has to go through; the edges count as inside. */
const standingAt = ({ left, crosses, over, from }: Crossing, valueAt: ValueAt, back: number): Standing | null => {
  const [value, far, near] = [valueAt(left, back), valueAt(over, back), valueAt(from ?? over, back)];
  if (value === null || far === null || near === null) return null;
  const sign = crosses === "up" ? 1 : -1;
  if (sign * value > sign * far) return "beyond";
  return sign * value < sign * near ? "before" : "inside";
};

/** Over one line: beyond it now, and not beyond it a candle before. */
const crossesLine = (crossing: Crossing, valueAt: ValueAt, back: number): Truth => {
  const now = standingAt(crossing, valueAt, back);
  const before = standingAt(crossing, valueAt, back + 1);
  return allOf([now && now === "beyond", before && before !== "beyond"]);
};

/**
 * Through a zone: beyond it now, not a candle before, and the last earlier value outside was on the other side. Unknown
 * where every earlier known value was inside.
 */
const crossesZone = (crossing: Crossing, valueAt: ValueAt, back: number): Truth => {
  const now = standingAt(crossing, valueAt, back);
  let earlier = back + 1;
  if (now === null || standingAt(crossing, valueAt, earlier) === null) return null;
  if (now !== "beyond") return false;
  while (standingAt(crossing, valueAt, earlier) === "inside") earlier += 1;
  const origin = standingAt(crossing, valueAt, earlier);
  return origin && origin === "before";
};

/** Which part is asked for at a time, so that no more are read than decide. */
type Parts = { readonly count: number; readonly at: (index: number) => Truth };

/** At least so many: unknown while the unknown ones could decide it. Stops at the part that decides. */
const atLeastOf = ({ count, at }: Parts, least: number): Truth => {
  let [met, unknown] = [0, 0];
  for (let index = 0; index < count; index += 1) {
    const truth = at(index);
    if (truth === true) met += 1;
    if (truth === null) unknown += 1;
    if (met >= least) return true;
    if (met + unknown + count - index - 1 < least) return false;
  }
  return met + unknown >= least ? null : false;
};

const evaluateInner = (condition: Condition, back: number, holdsAt: HoldsAt): Truth => {
  if ("holds" in condition) {
    const at = (index: number): Truth => holdsAt(condition.holds, back + index);
    if ("withinCandles" in condition) return atLeastOf({ count: condition.withinCandles, at }, 1);
    return atLeastOf({ count: condition.forCandles, at }, condition.forCandles);
  }
  const inner = innerOf(condition);
  const at = (index: number): Truth => {
    const part = inner[index];
    return part === undefined ? null : holdsAt(part, back);
  };
  const parts = { count: inner.length, at };
  if ("all" in condition) return atLeastOf(parts, inner.length);
  if ("atLeast" in condition) return atLeastOf(parts, condition.atLeast);
  if ("any" in condition) return atLeastOf(parts, 1);
  const truth = at(0);
  return truth === null ? null : !truth;
};

type Reader = { readonly valueAt: ValueAt; readonly holdsAt: HoldsAt };

const evaluate = (condition: Condition, back: number, { valueAt, holdsAt }: Reader): Truth => {
  if ("is" in condition) {
    return compare(valueAt(condition.left, back), condition.is, valueAt(condition.right, back)).met;
  }
  if ("crosses" in condition) {
    return condition.from === null ? crossesLine(condition, valueAt, back) : crossesZone(condition, valueAt, back);
  }
  if ("yes" in condition || "no" in condition) {
    const flag = valueAt("yes" in condition ? condition.yes : condition.no, back);
    return flag === null ? null : flag === ("yes" in condition ? 1 : 0);
  }
  return evaluateInner(condition, back, holdsAt);
};

/** Evaluates each condition once a candle, however often others ask for it. */
export const createConditions = (valueAt: ValueAt): HoldsAt => {
  const known = new Map<Condition, Map<number, Truth>>();
  const holdsAt: HoldsAt = (condition, back) => {
    const atCandles = known.get(condition) ?? new Map<number, Truth>();
    known.set(condition, atCandles);
    const done = atCandles.get(back);
    if (done !== undefined) return done;
    const truth = evaluate(condition, back, { valueAt, holdsAt });
    atCandles.set(back, truth);
    return truth;
  };
  return holdsAt;
};
