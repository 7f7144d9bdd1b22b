import { compare, type ConditionReading } from "../../basis/condition-reading";
import { innerOf, type Condition } from "./rule-types";
import type { HoldsAt } from "./evaluate-condition";
import type { ValueAt } from "./rule-values";

/** Reads the last candle. */
export type RuleReader = { readonly valueAt: ValueAt; readonly holdsAt: HoldsAt };

/** So near to nothing that more digits would only take room. */
const SHOWN_LEAST = 1e-15;
const toShown = (value: number | null): number | null => (value !== null && Math.abs(value) < SHOWN_LEAST ? 0 : value);

/** How many parts hold, and how many must: [parts, least]. */
const partsOfCondition = (condition: Condition, { holdsAt }: RuleReader): readonly [number, number] => {
  if ("holds" in condition) {
    const isPersistent = "forCandles" in condition;
    const count = isPersistent ? condition.forCandles : condition.withinCandles;
    const met = Array.from({ length: count }, (_, back) => holdsAt(condition.holds, back) === true);
    return [met.filter(Boolean).length, isPersistent ? count : 1];
  }
  const inner = innerOf(condition);
  const met = inner.filter((each) => holdsAt(each, 0) === true).length;
  if ("all" in condition) return [met, inner.length];
  return [met, "atLeast" in condition ? condition.atLeast : 1];
};

/** A condition at the last candle as it is shown: a comparison by its values, a composed one by how many parts hold. */
export const readCondition = (condition: Condition, reader: RuleReader): ConditionReading => {
  const { valueAt, holdsAt } = reader;
  const met = holdsAt(condition, 0);
  const value = "left" in condition ? toShown(valueAt(condition.left, 0)) : null;
  if ("is" in condition) {
    return { value, operator: condition.is, threshold: toShown(valueAt(condition.right, 0)), met };
  }
  if ("crosses" in condition) {
    const operator = condition.crosses === "up" ? "crosses-up" : "crosses-down";
    return { value, operator, threshold: toShown(valueAt(condition.over, 0)), met };
  }
  if ("yes" in condition) return { value: valueAt(condition.yes, 0), operator: "is", threshold: 1, met };
  if ("no" in condition) return { value: valueAt(condition.no, 0), operator: "is", threshold: 0, met };
  const [parts, least] = partsOfCondition(condition, reader);
  if ("not" in condition) return { ...compare(met === null ? null : parts, "<", least), met };
  return { value: met === null ? null : parts, operator: ">=", threshold: least, met };
};
