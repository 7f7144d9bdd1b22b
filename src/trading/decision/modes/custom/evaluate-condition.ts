import { allOf, anyOf, type Truth } from "../../analysis/condition";
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

/** At least so many: unknown while the unknown ones could decide it. */
const atLeastOf = (truths: readonly Truth[], least: number): Truth => {
  const met = truths.filter((truth) => truth === true).length;
  if (met >= least) return true;
  return met + truths.filter((truth) => truth === null).length >= least ? null : false;
};

const range = (count: number, from: number): number[] => Array.from({ length: count }, (_, index) => from + index);

const evaluateInner = (condition: Condition, back: number, holdsAt: HoldsAt): Truth => {
  if ("forCandles" in condition) {
    return allOf(range(condition.forCandles, back).map((at) => holdsAt(condition.holds, at)));
  }
  if ("withinCandles" in condition) {
    return anyOf(range(condition.withinCandles, back).map((at) => holdsAt(condition.holds, at)));
  }
  const truths = innerOf(condition).map((inner) => holdsAt(inner, back));
  if ("all" in condition) return allOf(truths);
  if ("atLeast" in condition) return atLeastOf(truths, condition.atLeast);
  if ("any" in condition) return anyOf(truths);
  const [truth = null] = truths;
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
