import type { SettingFault } from "../../basis/decision-mode";
import { shownIn, SIDES, type CustomReads, type SideReads } from "./custom-reads";
import { indicatorKey } from "./indicator-key";
import { backOf, innerOf, isIndicator, operandsOf, partsOf, type Condition, type Operand } from "./rule-types";
import { indicatorUses, WINDOW_MAX } from "./rule-windows";

/** One look is about a tenth of a microsecond: so many take at most about 20 ms a market and candle. */
const LOOKS_MAX = 200_000;

/** What computing an indicator over its window takes, in looks, as measured; the dear ones by name. */
const INDICATOR_LOOKS = 1_000;
const DEAR_INDICATORS: ReadonlyMap<string, number> = new Map([
  ["support-resistance", 100_000],
  ["fair-value-gap", 20_000],
  ["macd-divergence", 20_000],
  ["macd-divergence-so-far", 20_000],
]);
/** Finding the second timeframe's candle walks over its newest ones. */
const SECOND_LOOKS = 10;

/** `span`: at how many candles it is asked for. */
type Root = { readonly name: string; readonly condition: Condition; readonly span: number };

const rootsOf = ({ setups, exits }: SideReads): Root[] => [
  ...setups.flatMap((setup): Root[] => [
    ...shownIn(setup).map(({ condition: { code, when } }) => ({ name: `"${code}"`, condition: when, span: 1 })),
    ...(setup.kind === "conditions" && typeof setup.score === "object" && "tiers" in setup.score
      ? setup.score.tiers.map(({ when }) => ({ name: `a score tier of "${setup.code}"`, condition: when, span: 1 }))
      : []),
  ]),
  ...exits.flatMap(({ code, when, turnedFrom }): Root[] => [
    { name: `"${code}"`, condition: when, span: 1 },
    ...(turnedFrom === null ? [] : [{ name: `turnedFrom of "${code}"`, condition: turnedFrom, span: WINDOW_MAX }]),
  ]),
];

const operandLooks = (operand: Operand): number => {
  if (isIndicator(operand)) return operand.timeframe === "second" ? SECOND_LOOKS : 1;
  return partsOf(operand).reduce<number>((sum, part) => sum + operandLooks(part), 1);
};

/** A zone is walked back to where the value was outside of it. */
const candlesRead = (condition: Condition, span: number): number => {
  if (!("crosses" in condition)) return span;
  return 2 * span + (condition.from === null ? 0 : WINDOW_MAX);
};

/** Each condition is evaluated once a candle, so nesting adds to the span and multiplies only what is asked. */
const conditionLooks = (condition: Condition, span: number): number => {
  const inner = innerOf(condition);
  const asked = "holds" in condition ? backOf(condition) + 1 : inner.length;
  const values = operandsOf(condition).reduce<number>((sum, operand) => sum + operandLooks(operand), 0);
  const own = span * (1 + asked) + values * candlesRead(condition, span);
  return inner.reduce((sum, each) => sum + conditionLooks(each, span + backOf(condition)), own);
};

const reachOf = (condition: Condition): number =>
  backOf(condition) + Math.max(0, ...innerOf(condition).map(reachOf), ...operandsOf(condition).map(agoOf));

const agoOf = (operand: Operand): number =>
  isIndicator(operand) && operand.timeframe === "decision" ? operand.ago : Math.max(0, ...partsOf(operand).map(agoOf));

/** Conditions that look further back than any window, each with where and how far. */
export const reachFaults = (side: SideReads): string[] =>
  rootsOf(side)
    .map(({ name, condition }) => ({ name, reach: reachOf(condition) + 1 }))
    .filter(({ reach }) => reach > WINDOW_MAX)
    .map(({ name, reach }) => `${name} looks at ${reach} candles in all its levels, at most ${WINDOW_MAX}: shorten it`);

/** What reading the rules at one candle of one market takes, dearest part first. */
const looksOf = (reads: CustomReads): readonly { readonly name: string; readonly looks: number }[] => {
  const conditions = SIDES.flatMap((side) =>
    rootsOf(reads[side]).map(({ name, condition, span }) => ({
      name: `${side} ${name}`,
      looks: conditionLooks(condition, span),
    })),
  );
  const operands = new Map(indicatorUses(reads).map(({ operand }) => [indicatorKey(operand), operand.indicator]));
  const indicators = [...operands.values()].map((code) => ({
    name: `the indicator ${code}`,
    looks: DEAR_INDICATORS.get(code) ?? INDICATOR_LOOKS,
  }));
  return [...conditions, ...indicators].toSorted((one, other) => other.looks - one.looks);
};

export const costFaults = (reads: CustomReads): SettingFault[] => {
  const parts = looksOf(reads);
  const total = parts.reduce((sum, { looks }) => sum + looks, 0);
  const [dearest] = parts;
  if (dearest === undefined || total <= LOOKS_MAX) return [];
  const message = `rules take at most ${LOOKS_MAX} looks a candle, these ${total}: the dearest is ${dearest.name} with ${dearest.looks}`;
  return [{ path: [], message }];
};
