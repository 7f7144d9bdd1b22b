import type { Evidence } from "../../basis/decision";

/** Of which candles an indicator is: those that decide, or those of the second, slower timeframe. */
export type RuleTimeframe = "decision" | "second";

/** An output of the catalogue's indicator, `ago` closed candles of its timeframe back. Fields of a candle are "price". */
export type IndicatorOperand = {
  readonly indicator: string;
  readonly parameters: Readonly<Record<string, number>>;
  readonly output: string;
  readonly timeframe: RuleTimeframe;
  readonly ago: number;
};

/** A number that a condition compares, in the unit of what it is made of. */
export type Operand =
  | number
  | IndicatorOperand
  | { readonly of: Operand; readonly times: number; readonly plus: number }
  | { readonly greatest: readonly Operand[] }
  | { readonly least: readonly Operand[] }
  | { readonly sum: readonly Operand[] }
  | { readonly difference: readonly [Operand, Operand] }
  | { readonly ratio: readonly [Operand, Operand] };

type Comparison = Extract<Evidence["operator"], "<" | "<=" | ">" | ">=">;

/**
 * What may hold at a closed candle. A crossing compares the candle with the one before it; with `from` it goes through
 * the whole zone between `from` and `over`. `forCandles`: at each of the last n candles; `withinCandles`: at one of them.
 */
export type Condition =
  | { readonly left: Operand; readonly is: Comparison; readonly right: Operand }
  | { readonly left: Operand; readonly crosses: "up" | "down"; readonly over: Operand; readonly from: Operand | null }
  | { readonly yes: IndicatorOperand }
  | { readonly no: IndicatorOperand }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | { readonly atLeast: number; readonly of: readonly Condition[] }
  | { readonly forCandles: number; readonly holds: Condition }
  | { readonly withinCandles: number; readonly holds: Condition };

/** A condition as it is shown: its code in the evidence. */
export type CodedCondition = { readonly code: string; readonly when: Condition };

export const isIndicator = (operand: Operand): operand is IndicatorOperand =>
  typeof operand === "object" && "indicator" in operand;

/** The operands that an operand is made of. */
export const partsOf = (operand: Operand): readonly Operand[] => {
  if (typeof operand === "number" || "indicator" in operand) return [];
  if ("of" in operand) return [operand.of];
  if ("greatest" in operand) return operand.greatest;
  if ("least" in operand) return operand.least;
  if ("sum" in operand) return operand.sum;
  return "difference" in operand ? operand.difference : operand.ratio;
};

/** The operands that a condition itself compares. */
export const operandsOf = (condition: Condition): readonly Operand[] => {
  if ("is" in condition) return [condition.left, condition.right];
  if ("crosses" in condition) {
    return [condition.left, condition.over, ...(condition.from === null ? [] : [condition.from])];
  }
  if ("yes" in condition) return [condition.yes];
  return "no" in condition ? [condition.no] : [];
};

/** The conditions that a condition is made of. */
export const innerOf = (condition: Condition): readonly Condition[] => {
  if ("all" in condition) return condition.all;
  if ("any" in condition) return condition.any;
  if ("not" in condition) return [condition.not];
  if ("atLeast" in condition) return condition.of;
  return "holds" in condition ? [condition.holds] : [];
};

/** How many candles before its own a condition looks at, beside what its parts do. */
export const backOf = (condition: Condition): number => {
  if ("crosses" in condition) return 1;
  if ("forCandles" in condition) return condition.forCandles - 1;
  return "withinCandles" in condition ? condition.withinCandles - 1 : 0;
};

/** A fixed score, the first tier that holds, or a value that is kept between 0 and 1. */
export type Score =
  | number
  | {
      readonly tiers: readonly { readonly when: Condition; readonly score: number }[];
      readonly otherwise: number;
    }
  | { readonly value: Operand };
