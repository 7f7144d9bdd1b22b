import { decimal, type DecimalInput } from "../../money";
import {
  formatSeconds,
  formatGrouped,
  formatMoney,
  formatUsdtPrice,
  formatShare,
  formatShort,
  toldApart,
} from "../../format-number";
import type { CheckTexts, RiskUnit, StoredCheck } from "./stored-check";

/** A number with its unit. */
export type Say = (value: DecimalInput) => string;
/** A stored number with every digit, and its unit. */
export type SayExactly = (value: string) => string;

export const UNKNOWN = "unknown";
const NUMBER = /^-?(\d+(\.\d+)?|Infinity)$/;

export const formatMinutes: Say = (value) => formatSeconds(decimal(value).times(60));
const formatTimes: Say = (value) => `${formatShort(value)} times`;

export const SAY: Record<RiskUnit, Say> = {
  fraction: formatShare,
  ratio: formatTimes,
  count: formatShort,
  USDT: formatMoney,
  minutes: formatMinutes,
  seconds: formatSeconds,
  state: String,
  price: formatUsdtPrice,
  times: formatTimes,
};

const plain: SayExactly = (value) => formatGrouped(decimal(value).toFixed());

export const exactly =
  (unit: string): SayExactly =>
  (value) =>
    `${plain(value)} ${unit}`;

export const SAY_EXACTLY: Record<RiskUnit, SayExactly> = {
  fraction: (value) => `${plain(decimal(value).times(100).toFixed())} %`,
  ratio: exactly("times"),
  count: plain,
  USDT: exactly("USDT"),
  minutes: exactly("min"),
  seconds: exactly("s"),
  state: String,
  price: exactly("USDT"),
  times: exactly("times"),
};

export const isNumber = (text: string): boolean => NUMBER.test(text);

/** A measured number and its limit in words. Different numbers never look the same. */
export const describeNumbers = ({ measured, limit }: Pick<StoredCheck, "measured" | "limit">, say: Say): CheckTexts => {
  if (measured === null) return { measured: UNKNOWN, limit: isNumber(limit) ? say(limit) : limit };
  if (!isNumber(measured) || !isNumber(limit)) return { measured, limit };
  const [one, other] = toldApart([measured, limit], say);
  return { measured: one, limit: other };
};
