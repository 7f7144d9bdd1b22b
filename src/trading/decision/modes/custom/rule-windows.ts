import { timeframeMs } from "../../../market/timeframe";
import { shownIn, SIDES, type CustomReads, type SetupReads, type SideReads } from "./custom-reads";
import { entryOf } from "./operand-schema";
import {
  backOf,
  innerOf,
  isIndicator,
  operandsOf,
  partsOf,
  type Condition,
  type IndicatorOperand,
  type Operand,
  type RuleTimeframe,
} from "./rule-types";

/** An indicator that is read, and how many decision candles before the last one at most. */
type IndicatorUse = { readonly operand: IndicatorOperand; readonly back: number };

const scoreConditions = (setup: SetupReads): readonly Condition[] =>
  setup.kind === "conditions" && typeof setup.score === "object" && "tiers" in setup.score
    ? setup.score.tiers.map(({ when }) => when)
    : [];

/** Every condition that a side's rules begin with. */
export const rootConditions = ({ setups, exits }: SideReads): Condition[] => [
  ...setups.flatMap((setup) => [...shownIn(setup).map(({ condition }) => condition.when), ...scoreConditions(setup)]),
  ...exits.flatMap(({ when, turnedFrom }) => (turnedFrom === null ? [when] : [when, turnedFrom])),
];

/** Every value that a side's rules read outside of conditions. */
export const rootOperands = ({ setups }: SideReads): Operand[] =>
  setups.flatMap((setup) => [
    ...[setup.stop.from, setup.target.from].filter((from) => from !== null),
    ...(setup.kind === "conditions" && typeof setup.score === "object" && "value" in setup.score
      ? [setup.score.value]
      : []),
  ]);

const usesOfOperand = (operand: Operand, back: number): IndicatorUse[] =>
  isIndicator(operand) ? [{ operand, back }] : partsOf(operand).flatMap((part) => usesOfOperand(part, back));

const usesOfCondition = (condition: Condition, back: number): IndicatorUse[] => {
  const reach = back + backOf(condition);
  return [
    ...operandsOf(condition).flatMap((operand) => usesOfOperand(operand, reach)),
    ...innerOf(condition).flatMap((inner) => usesOfCondition(inner, reach)),
  ];
};

/** Every use of an indicator in the rules. */
export const indicatorUses = (reads: CustomReads): IndicatorUse[] =>
  SIDES.flatMap((side) => [
    ...rootConditions(reads[side]).flatMap((condition) => usesOfCondition(condition, 0)),
    ...rootOperands(reads[side]).flatMap((operand) => usesOfOperand(operand, 0)),
  ]);

/** Recursive indicators read a fixed number of candles: at least so many, and twice those that their value needs. */
const WINDOW_LEAST = { decision: 300, second: 120 } as const;
const RECURSIVE_FACTOR = 2;
export const WINDOW_MAX = 500;

type Need = { readonly candles: number; readonly isRecursive: boolean };

const needOf = (use: IndicatorUse, { timeframe, secondTimeframe }: CustomReads): Need => {
  const { operand, back } = use;
  const own = operand.timeframe === "second" ? (secondTimeframe ?? timeframe) : timeframe;
  const entry = entryOf(operand.indicator);
  const lookback = entry?.lookback(operand.parameters, own) ?? 0;
  const earlier = Math.ceil((back * timeframeMs(timeframe)) / timeframeMs(own));
  return { candles: lookback + operand.ago + earlier + 1, isRecursive: entry?.memory === "recursive" };
};

/** `decision` and `second`: how many closed candles of a timeframe the rules read; a decision depends on no other. */
type Windows = Readonly<Record<RuleTimeframe, number>> & {
  /** Closed decision candles since the last long outage that all values need. */
  readonly needed: number;
};

const measure = (reads: CustomReads): Windows => {
  const uses = indicatorUses(reads);
  const needsOf = (timeframe: RuleTimeframe): Need[] =>
    uses.filter(({ operand }) => operand.timeframe === timeframe).map((use) => needOf(use, reads));
  const windowOf = (timeframe: RuleTimeframe): number =>
    Math.max(
      WINDOW_LEAST[timeframe],
      ...needsOf(timeframe).map(({ candles, isRecursive }) => candles * (isRecursive ? RECURSIVE_FACTOR : 1)),
    );
  const needed = Math.max(1, ...needsOf("decision").map(({ candles }) => candles));
  return { decision: windowOf("decision"), second: windowOf("second"), needed };
};

/** Rules never change once read, and every slot of every bot asks for their windows. */
const measured = new WeakMap<CustomReads, Windows>();

export const windowsOf = (reads: CustomReads): Windows => {
  const windows = measured.get(reads) ?? measure(reads);
  measured.set(reads, windows);
  return windows;
};
