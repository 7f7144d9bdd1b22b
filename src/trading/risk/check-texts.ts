import { decimal, type DecimalInput } from "../money";
import {
  countText,
  durationText,
  groupedText,
  moneyText,
  priceText,
  roundPriceText,
  shareText,
  shortNumber,
  toldApart,
} from "../number-text";
import type { RuleCheck } from "./risk-rule";

/** What a rule found, as it was stored. */
export type StoredCheck = Pick<RuleCheck, "rule" | "measured" | "limit" | "unit">;

export type CheckTexts = { readonly measured: string; readonly limit: string };
type Say = (value: DecimalInput) => string;

const UNKNOWN = "unknown";
const NUMBER = /^-?(\d+(\.\d+)?|Infinity)$/;
const NUMBERS = /\d+(\.\d+)?/g;

const entries: Say = (value) => countText(value, "entry", "entries");
const positions: Say = (value) => countText(value, "position", "positions");
/** Base units of any pair: what the market counts in. */
const coins: Say = (value) => `${groupedText(decimal(value).toFixed())} coins`;
const minutes: Say = (value) => durationText(decimal(value).times(60));
const correlation: Say = (value) => `${shortNumber(value)} of 1`;
const times: Say = (value) => `${shortNumber(value)} times`;

const OF_UNIT: Record<StoredCheck["unit"], Say> = {
  fraction: shareText,
  ratio: times,
  count: shortNumber,
  USDT: moneyText,
  minutes,
  seconds: durationText,
  state: String,
  price: priceText,
  times,
};

const OF_RULE: Readonly<Record<string, Say>> = {
  "trades-per-day": entries,
  "entries-per-cycle": entries,
  "open-positions": positions,
  "order-quantity": coins,
  correlation,
};

/** How the numbers of a rule are said, each with its unit. */
const sayOf = ({ rule, unit }: Pick<StoredCheck, "rule" | "unit">): Say => OF_RULE[rule] ?? OF_UNIT[unit];

const STATES: Readonly<Record<string, string>> = { active: "active", reducing: "closing only", halted: "halted" };

export const stateText = (state: string | null): string => STATES[state ?? ""] ?? state ?? UNKNOWN;

/** The bounds of a stop's distance as they are stored: "0.005 to 0.25". */
export const boundsOf = (limit: string): readonly [string, string] => {
  const [least = "", most = ""] = limit.split(" to ");
  return [NUMBER.test(least) ? least : "0", NUMBER.test(most) ? most : "0"];
};

/** The prices that a sentence names, lower and upper, as "USDT" prices. */
export const pricesIn = (limit: string): string[] => (limit.match(NUMBERS) ?? []).map(priceText);

/** Where a position would be liquidated; what rounds to its stop is just over or just under it. */
const besideStop = (measured: string, limit: string): string => {
  const [stop] = limit.match(NUMBERS) ?? [];
  return stop === undefined ? roundPriceText(measured) : toldApart([measured, stop], roundPriceText)[0];
};

/** Rules whose limit is not a number, or whose number alone would say nothing. */
const SPECIAL: Readonly<Record<string, (check: StoredCheck) => CheckTexts>> = {
  "trading-state": ({ measured, limit }) => ({ measured: stateText(measured), limit: stateText(limit) }),
  "one-entry-per-candle": ({ measured }) => ({
    measured: measured === "0" ? "no entry yet" : entries(measured ?? 0),
    limit: "no entry before",
  }),
  "pair-is-free": ({ measured }) => ({
    measured: measured === "0" ? "no position" : positions(measured ?? 0),
    limit: "no position before",
  }),
  cooldown: ({ measured, limit }) => ({
    measured: measured === null ? "no stop before" : `${minutes(measured)} since the stop`,
    limit: minutes(limit),
  }),
  "loss-pause": ({ measured }) => ({
    measured: decimal(measured ?? 0).lte(0) ? "no pause" : `${minutes(measured ?? 0)} left`,
    limit: "no pause",
  }),
  "protection-side": ({ measured, limit }) => ({
    measured: measured === null ? UNKNOWN : priceText(measured),
    limit: pricesIn(limit).length < 2 ? "between stop and target" : `between ${pricesIn(limit).join(" and ")}`,
  }),
  "liquidation-distance": ({ measured, limit }) => ({
    measured: measured === null ? UNKNOWN : besideStop(measured, limit),
    limit: ["behind the stop", ...pricesIn(limit).slice(0, 1)].join(" at "),
  }),
  "stop-distance": ({ measured, limit }) => ({
    measured: measured === null ? UNKNOWN : shareText(measured),
    limit: boundsOf(limit).map(shareText).join(" to "),
  }),
};

/** A check's measured value and its limit in words, each number with its unit. */
export const checkTexts = (check: StoredCheck): CheckTexts => {
  const { rule, measured, limit } = check;
  const special = SPECIAL[rule];
  if (special) return special(check);
  const say = sayOf(check);
  if (measured === null) return { measured: UNKNOWN, limit: NUMBER.test(limit) ? say(limit) : limit };
  if (!NUMBER.test(measured) || !NUMBER.test(limit)) return { measured, limit };
  const [one, other] = toldApart([measured, limit], say);
  return { measured: one, limit: other };
};
