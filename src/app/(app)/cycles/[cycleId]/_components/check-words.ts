import { Decimal } from "decimal.js";
import { formatAmount, formatExact, UNKNOWN } from "~/components/format/format-amount";
import { formatDuration } from "~/components/format/format-time";
import type { RiskCheckView } from "./risk-check-view";

type Unit = RiskCheckView["unit"];

const DIGITS_MAX = 4;
const NUMBER = /^-?\d+(\.\d+)?$/;
const NUMBERS = /-?\d+(\.\d+)?/g;

const shortly = (value: Decimal): string => {
  const short = value.toDecimalPlaces(DIGITS_MAX);
  return formatAmount(short.toFixed(), { digits: short.decimalPlaces() });
};

const WORDS: Record<Unit, (value: Decimal) => string> = {
  fraction: (value) => `${shortly(value.times(100))} %`,
  ratio: shortly,
  count: (value) => formatExact(value.toFixed()),
  USDT: (value) => `${formatAmount(value.toFixed())} USDT`,
  minutes: (value) => formatDuration(value.times(60_000).toNumber()),
  seconds: (value) => formatDuration(value.times(1000).toNumber()),
  state: (value) => value.toFixed(),
  price: (value) => formatExact(value.toFixed()),
  times: (value) => `${shortly(value)}×`,
};

const oneInWords = (text: string, unit: Unit): string => (NUMBER.test(text) ? WORDS[unit](new Decimal(text)) : text);

/** A measured value or a limit as it was stored, in its unit: "0.01 to 0.25" of a fraction is "1 % to 25 %". */
export const checkInWords = (text: string | null, unit: Unit): string => {
  if (text === null) return UNKNOWN;
  const bounds = text.split(" to ");
  if (bounds.every((bound) => NUMBER.test(bound))) return bounds.map((bound) => oneInWords(bound, unit)).join(" to ");
  // A limit that is a sentence about prices; sentences in other units name several things.
  return unit === "price" ? text.replace(NUMBERS, (number) => formatExact(number)) : text;
};
