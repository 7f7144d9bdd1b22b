import type { Candle } from "../candle";
import type { Timeframe } from "../timeframe";
import type { Indicator } from "./indicator";

/** "indicator" is a number on the indicator's own scale, "volume" is base currency, "yes-no" is 1 or 0. */
export type OutputUnit = "price" | "indicator" | "fraction" | "volume" | "yes-no";

/** What a parameter may be: from `least` through `most`, whole numbers only where it counts candles or hours. */
type ParameterRange = {
  readonly title: string;
  readonly least: number;
  readonly most: number;
  readonly default: number;
  readonly isWhole: boolean;
};

type CatalogueOutput = { readonly title: string; readonly unit: OutputUnit };

export type CatalogueParameters = Readonly<Record<string, number>>;

/**
 * A single-market indicator as data. `lookback` counts the candles before the first answer; where `lookbackIs`
 * "at-most" the answer may come earlier. A "recursive" one keeps a trace of every candle it was given, so a decision
 * gives it a fixed number of them; a "window" one reads its last lookback + 1 candles only.
 */
export type CatalogueEntry = {
  readonly code: string;
  readonly title: string;
  readonly inputs: Readonly<Record<string, ParameterRange>>;
  readonly outputs: Readonly<Record<string, CatalogueOutput>>;
  readonly memory: "window" | "recursive";
  readonly lookbackIs: "exact" | "at-most";
  /** What is wrong with these parameters, in a sentence; null where nothing is. */
  readonly findFault: (parameters: CatalogueParameters) => string | null;
  readonly lookback: (parameters: CatalogueParameters, timeframe: Timeframe) => number;
  /** Throws RangeError with the fault's text where the parameters have one. */
  readonly create: (
    parameters: CatalogueParameters,
    timeframe: Timeframe,
  ) => Indicator<Candle, Readonly<Record<string, number>>>;
};

type Values<Name extends string> = Readonly<Record<Name, number>>;

type EntrySpec<Input extends string, Output extends string> = {
  readonly code: string;
  readonly title: string;
  readonly inputs: Readonly<Record<Input, ParameterRange>>;
  readonly outputs: Readonly<Record<Output, CatalogueOutput>>;
  readonly memory: CatalogueEntry["memory"];
  readonly lookbackIs?: CatalogueEntry["lookbackIs"];
  /** What is wrong with parameters that are each within their range. */
  readonly findConflict?: (values: Values<Input>) => string | null;
  readonly lookback: (values: Values<Input>, timeframe: Timeframe) => number;
  readonly create: (values: Values<Input>, timeframe: Timeframe) => Indicator<Candle, Values<Output>>;
};

/** Makes an entry whose parameters are checked before they are used. */
export const defineEntry = <Input extends string, Output extends string>(
  spec: EntrySpec<Input, Output>,
): CatalogueEntry => {
  const findFault = (parameters: CatalogueParameters): string | null =>
    findRangeFault(spec.inputs, parameters) ?? spec.findConflict?.(parameters) ?? null;
  const check = (parameters: CatalogueParameters): Values<Input> => {
    const fault = findFault(parameters);
    if (fault !== null) throw new RangeError(`${spec.title}: ${fault}`);
    return parameters;
  };
  return {
    ...spec,
    lookbackIs: spec.lookbackIs ?? "exact",
    findFault,
    lookback: (parameters, timeframe) => spec.lookback(check(parameters), timeframe),
    create: (parameters, timeframe) => spec.create(check(parameters), timeframe),
  };
};

const findRangeFault = (
  inputs: Readonly<Record<string, ParameterRange>>,
  parameters: CatalogueParameters,
): string | null => {
  const surplus = Object.keys(parameters).find((name) => !Object.hasOwn(inputs, name));
  if (surplus !== undefined) return `there is no parameter "${surplus}"`;
  const outside = Object.entries(inputs).find(([name, range]) => !isWithin(range, parameters[name]));
  if (outside === undefined) return null;
  const [name, { title, least, most, isWhole }] = outside;
  const kind = isWhole ? "a whole number" : "a number";
  return `${title} must be ${kind} from ${least} to ${most}, was ${parameters[name] ?? "missing"}`;
};

const isWithin = ({ least, most, isWhole }: ParameterRange, value: number | undefined): boolean =>
  value !== undefined && value >= least && value <= most && (!isWhole || Number.isInteger(value));

/** A parameter that counts candles. */
export const candles = (title: string, standard: number, limits: { least?: number; most?: number } = {}) => ({
  title,
  least: limits.least ?? 1,
  most: limits.most ?? 400,
  default: standard,
  isWhole: true,
});

/** A parameter on a continuous scale, from `least` through `most`. */
export const factor = (title: string, standard: number, [least, most]: readonly [number, number]) => ({
  title,
  least,
  most,
  default: standard,
  isWhole: false,
});

/** An indicator of candles whose output gets the names of the catalogue. */
export const ofCandles = <Value, Outputs>(
  indicator: Indicator<Candle, Value>,
  name: (value: Value, candle: Candle) => Outputs,
): Indicator<Candle, Outputs> => ({
  next(candle) {
    const value = indicator.next(candle);
    return value === undefined ? undefined : name(value, candle);
  },
});

/** The same for an indicator of closes. */
export const ofCloses = <Value, Outputs>(
  indicator: Indicator<number, Value>,
  name: (value: Value, candle: Candle) => Outputs,
): Indicator<Candle, Outputs> => ofCandles({ next: (candle) => indicator.next(candle.close) }, name);

export const toFlag = (isMet: boolean): 1 | 0 => (isMet ? 1 : 0);

/** The output of an indicator with one. */
export const toLine = (line: number): { readonly line: number } => ({ line });
