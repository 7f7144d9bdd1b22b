import { decimal } from "../money";
import { groupedText } from "../number-text";
import { boundsOf, checkTexts, type CheckTexts, type StoredCheck } from "./check-texts";

const NUMBER = /^-?\d+(\.\d+)?$/;

type Say = (value: string) => string;

const plain: Say = (value) => groupedText(decimal(value).toFixed());
const percent: Say = (value) => `${plain(decimal(value).times(100).toFixed())} %`;
const withUnit =
  (unit: string): Say =>
  (value) =>
    `${plain(value)} ${unit}`;

const OF_UNIT: Record<StoredCheck["unit"], Say> = {
  fraction: percent,
  ratio: withUnit("times"),
  count: plain,
  USDT: withUnit("USDT"),
  minutes: withUnit("min"),
  seconds: withUnit("s"),
  state: String,
  price: withUnit("USDT"),
  times: withUnit("times"),
};

const OF_RULE: Readonly<Record<string, Say>> = { correlation: withUnit("of 1"), "order-quantity": withUnit("coins") };

/** A check's measured value and its limit with every digit that was stored, in the unit that is shown. */
export const exactCheckTexts = (check: StoredCheck): CheckTexts => {
  const { rule, measured, limit, unit } = check;
  const shown = checkTexts(check);
  const say = OF_RULE[rule] ?? OF_UNIT[unit];
  const exact = (value: string | null, otherwise: string): string =>
    value !== null && NUMBER.test(value) ? say(value) : otherwise;
  const bounds = rule === "stop-distance" ? boundsOf(limit).map(say).join(" to ") : shown.limit;
  return { measured: exact(measured, shown.measured), limit: exact(limit, bounds) };
};
