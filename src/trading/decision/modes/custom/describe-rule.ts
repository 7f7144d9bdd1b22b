import { formatShort } from "../../../format-number";
import { entryOf } from "./operand-schema";
import { innerOf, type Condition, type IndicatorOperand, type Operand } from "./rule-types";

/** Its parameters; none where it has several and all are as usual: nobody reads "tenkan(9, 26, 52, 26)". */
const parametersText = ({ indicator, parameters }: IndicatorOperand): string => {
  const inputs = entryOf(indicator)?.inputs ?? {};
  const values = Object.entries(parameters);
  const isUsual = values.every(([name, value]) => inputs[name]?.default === value);
  return values.length === 0 || (values.length > 1 && isUsual)
    ? ""
    : `(${values.map(([, value]) => formatShort(value)).join(", ")})`;
};

const SECOND = { decision: "", second: " of the second timeframe" } as const;
const agoText = (ago: number): string => (ago === 0 ? "" : ago === 1 ? " a candle before" : ` ${ago} candles before`);

const describeIndicator = (operand: IndicatorOperand): string => {
  const title = entryOf(operand.indicator)?.outputs[operand.output]?.title ?? operand.indicator;
  return `${title}${parametersText(operand)}${SECOND[operand.timeframe]}${agoText(operand.ago)}`;
};

const scaled = (text: string, times: number, plus: number): string => {
  const product = times === 1 ? text : `${formatShort(times)} × ${text}`;
  if (plus === 0) return product;
  return plus > 0 ? `${product} plus ${formatShort(plus)}` : `${product} less ${formatShort(-plus)}`;
};

const listed = (operands: readonly Operand[], word: string): string => operands.map(describeOperand).join(` ${word} `);

/** A value in words: "EMA(20) less 0.5 × ATR(14)". */
export const describeOperand = (operand: Operand): string => {
  if (typeof operand === "number") return formatShort(operand, 8);
  if ("indicator" in operand) return describeIndicator(operand);
  if ("of" in operand) return scaled(describeOperand(operand.of), operand.times, operand.plus);
  if ("greatest" in operand) return `the greatest of (${listed(operand.greatest, "and")})`;
  if ("least" in operand) return `the least of (${listed(operand.least, "and")})`;
  if ("sum" in operand) return `(${listed(operand.sum, "plus")})`;
  return "difference" in operand ? `(${listed(operand.difference, "less")})` : `(${listed(operand.ratio, "/")})`;
};

const COMPARISONS = { "<": "is below", "<=": "is at most", ">": "is above", ">=": "is at least" } as const;

const inBrackets = (condition: Condition): string =>
  innerOf(condition).length > 1 ? `(${describeCondition(condition)})` : describeCondition(condition);

const joined = (conditions: readonly Condition[], word: string): string => conditions.map(inBrackets).join(` ${word} `);

const describeCrossing = ({ left, crosses, over, from }: Extract<Condition, { crosses: string }>): string => {
  const how = crosses === "up" ? "above" : "below";
  const line = describeOperand(over);
  return from === null
    ? `${describeOperand(left)} crosses ${how} ${line}`
    : `${describeOperand(left)} goes from beyond ${describeOperand(from)} through to ${how} ${line}`;
};

const describeComposed = (condition: Condition): string => {
  if ("all" in condition) return joined(condition.all, "and");
  if ("any" in condition) return joined(condition.any, "or");
  if ("not" in condition) return `not (${describeCondition(condition.not)})`;
  if ("atLeast" in condition) return `at least ${condition.atLeast} of: ${joined(condition.of, "or")}`;
  if ("forCandles" in condition) return `${inBrackets(condition.holds)} for ${condition.forCandles} candles`;
  return "withinCandles" in condition ? `${inBrackets(condition.holds)} within ${condition.withinCandles} candles` : "";
};

/** A condition as a sentence reads it: "RSI(14) is below 40 and close crosses above SMA(200)". */
export const describeCondition = (condition: Condition): string => {
  if ("is" in condition) {
    return `${describeOperand(condition.left)} ${COMPARISONS[condition.is]} ${describeOperand(condition.right)}`;
  }
  if ("crosses" in condition) return describeCrossing(condition);
  if ("yes" in condition) return describeOperand(condition.yes);
  return "no" in condition ? `not: ${describeOperand(condition.no)}` : describeComposed(condition);
};
