import { computeSeries } from "../../../market/indicators/indicator";
import { indicatorKey } from "./indicator-key";
import { entryOf } from "./operand-schema";
import { secondIndexAt, type RuleMarket } from "./rule-market";
import { isIndicator, partsOf, type IndicatorOperand, type Operand } from "./rule-types";

/** The value of an operand at the decision candle `back` before the last; null: unknown. */
export type ValueAt = (operand: Operand, back: number) => number | null;

/** No market has numbers so large: they come of a division by almost nothing. */
const VALUE_MAX = 1e15;
const known = (value: number): number | null => (Math.abs(value) <= VALUE_MAX ? value : null);

type Series = readonly (Readonly<Record<string, number>> | undefined)[];
type Made = Exclude<Operand, number | IndicatorOperand>;

/** What is made of known values; null where it has none. */
const combine = (operand: Made, values: readonly number[]): number | null => {
  const [first = Number.NaN, second = Number.NaN] = values;
  if ("of" in operand) return known(first * operand.times + operand.plus);
  if ("greatest" in operand) return Math.max(...values);
  if ("least" in operand) return Math.min(...values);
  if ("sum" in operand) return known(values.reduce((sum, value) => sum + value, 0));
  return known("difference" in operand ? first - second : first / second);
};

/** Reads values of a market; each indicator is computed once, when it is first read. */
export const createValues = (market: RuleMarket): ValueAt => {
  const computed = new Map<string, Series>();
  const seriesOf = (operand: IndicatorOperand): Series => {
    const key = indicatorKey(operand);
    const done = computed.get(key);
    if (done) return done;
    const isSecond = operand.timeframe === "second";
    const timeframe = isSecond ? (market.secondTimeframe ?? market.timeframe) : market.timeframe;
    const indicator = entryOf(operand.indicator)?.create(operand.parameters, timeframe);
    const series = indicator ? computeSeries(indicator, isSecond ? market.secondCandles : market.candles) : [];
    computed.set(key, series);
    return series;
  };
  const indicatorAt = (operand: IndicatorOperand, back: number): number | null => {
    const last = operand.timeframe === "second" ? secondIndexAt(market, back) : market.candles.length - 1 - back;
    const index = last - operand.ago;
    const value = index < 0 ? undefined : seriesOf(operand)[index]?.[operand.output];
    return value === undefined ? null : known(value);
  };
  const valueAt: ValueAt = (operand, back) => {
    if (typeof operand === "number") return operand;
    if (isIndicator(operand)) return indicatorAt(operand, back);
    const values = partsOf(operand).map((part) => valueAt(part, back));
    const all = values.filter((value) => value !== null);
    return all.length < values.length ? null : combine(operand, all);
  };
  return valueAt;
};
