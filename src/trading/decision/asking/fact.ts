import { decimal } from "../../money";

/** How a fact is rounded and what stands behind it: percents are in percent here, never fractions. */
const FACT_UNITS = {
  price: { digits: 8, name: "USDT" },
  money: { digits: 10, name: "USDT" },
  percent: { digits: 4, name: "%" },
  index: { digits: 4, name: "of 100" },
  times: { digits: 4, name: "x" },
  atr: { digits: 3, name: "ATR" },
  hours: { digits: 4, name: "h" },
  count: { digits: 6, name: "" },
  words: { digits: 0, name: "" },
  /** What others said, in quotes: it stands for nothing. */
  quote: { digits: 0, name: "" },
} as const satisfies Record<string, { readonly digits: number; readonly name: string }>;
export type FactUnit = keyof typeof FACT_UNITS;
export const FACT_UNIT_NAMES = Object.keys(FACT_UNITS) as [FactUnit, ...FactUnit[]];

/**
 * One thing that the model is told, at a path that it can cite, such as "BTC/USDT.1h.rsi14". `value` is what is shown,
 * rounded to its unit's significant digits; null: nobody knows it, and the model is told so.
 */
export type Fact = {
  readonly path: string;
  readonly label: string;
  readonly unit: FactUnit;
  readonly value: number | string | null;
};

/** A number as the model is shown it. */
const shownNumber = (value: number, unit: FactUnit): number =>
  Number(decimal(value).toSignificantDigits(FACT_UNITS[unit].digits).toFixed());

/** A fact by a number in its unit; what is no finite number is unknown. */
export const toFact = (
  path: string,
  label: string,
  [value, unit]: readonly [number | null | undefined, FactUnit],
): Fact => ({
  path,
  label,
  unit,
  value: typeof value === "number" && Number.isFinite(value) ? shownNumber(value, unit) : null,
});

/** What analyses say where they cannot tell. */
const UNKNOWN = "unknown";

/** A fact that is a word of ours, such as a regime; one that is "unknown" is missing, as a number would be. */
export const toWordFact = (path: string, label: string, value: string | null): Fact => ({
  path,
  label,
  unit: "words",
  value: value === UNKNOWN ? null : value,
});

/** A fact that is text of others, as `quoteText` gives it; null: nobody knows of any. */
export const toQuoteFact = (path: string, label: string, quoted: string | null): Fact => ({
  path,
  label,
  unit: "quote",
  value: quoted,
});

export const MISSING = "missing";

/** The value of a fact as the model is told it, with its unit. */
export const toldValue = ({ unit, value }: Pick<Fact, "unit" | "value">): string => {
  const shown = typeof value === "number" ? decimal(value).toFixed() : value;
  return shown === null ? MISSING : [shown, FACT_UNITS[unit].name].filter((part) => part !== "").join(" ");
};

/** One line of the prompt: path, what it is, and its value with its unit. */
export const factLine = (fact: Fact): string => `${fact.path} | ${fact.label} | ${toldValue(fact)}`;
