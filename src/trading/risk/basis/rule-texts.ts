import { decimal, type Decimal } from "../../money";
import { formatCount, formatUsdtPrice } from "../../format-number";
import type { CheckTexts, StoredCheck } from "./stored-check";
import { formatMinutes, type Say } from "./unit-texts";

/** A sentence about a check, without full stop. `texts`: its measured value and its limit in the rule's words. */
export type Sentence = (check: StoredCheck, texts: CheckTexts) => string;

/** "x is 0.31 %, and at most 0.2 % is allowed": the words of most refusals. */
export const beyond =
  (what: string, allowed: "at most" | "at least" | "less than"): Sentence =>
  (check, { measured, limit }) => {
    const bound = `${allowed} ${limit} is ${allowed === "at least" ? "asked for" : "allowed"}`;
    return `${what} is ${check.measured === null ? "not known" : measured}, and ${bound}`;
  };

/** Says that `what` must move from the measured value to its limit. `below`: the limit itself is already too much. */
export const moves =
  (what: string, direction: "fall" | "rise", below = false): Sentence =>
  (check, { measured, limit }) =>
    check.measured === null
      ? `${what} would have to be known`
      : `${what} would have to ${direction} from ${measured} to ${below ? "below " : ""}${limit}`;

export const waits =
  (until: string): Sentence =>
  () =>
    `wait ${until}`;

export const formatEntries: Say = (value) => formatCount(value, "entry", "entries");
export const formatPositions: Say = (value) => formatCount(value, "position", "positions");

/** "1 minute", "60 minutes": a setting's number, unrounded. */
export const formatCounted = (count: number, one: string): string => `${count} ${one}${count === 1 ? "" : "s"}`;

const USDT = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });
export const formatUsdt = (value: number): string => `${USDT.format(value)} USDT`;

const NUMBERS = /(?<![\w.])-?\d+(\.\d+)?/g;

export const numbersIn = (limit: string): string[] => limit.match(NUMBERS) ?? [];

/** The lower and upper price in a limit, each written with "USDT". */
export const pricesIn = (limit: string): string[] => numbersIn(limit).map(formatUsdtPrice);

/** How long until `measured` reaches `limit` (both in minutes), in seconds. */
export const secondsLeft = (measured: string | null, limit: string): Decimal =>
  decimal(limit)
    .minus(measured ?? 0)
    .times(60);

/** How much is left of a pause that is stored in minutes. */
export const formatTimeLeft = (minutes: string | null): string => formatMinutes(minutes ?? 0);
