import { decimal, type Decimal } from "../money";
import type { RuleCheck } from "./risk-rule";

/** A check that failed, as it was stored. */
export type FailedCheck = Pick<RuleCheck, "rule" | "measured" | "limit" | "unit">;

const FAILS_NAMED_MAX = 3;
const DIGITS = 6;

/** A number as a reader likes it: six significant digits, no trailing zeros. */
const short = (value: Decimal): string => decimal(value.toPrecision(DIGITS)).toFixed();

const withUnit = (text: string, unit: FailedCheck["unit"]): string => {
  const value = decimal(text);
  if (unit === "fraction") return `${short(value.times(100))} %`;
  if (unit === "times") return `${short(value)} times`;
  const isPlain = unit === "ratio" || unit === "count" || unit === "price";
  return isPlain ? short(value) : `${short(value)} ${unit}`;
};

type Words = (check: FailedCheck) => string;

/** `what` has to move from the measured value to its limit; `below`: the limit itself is too much. */
const moves =
  (what: string, direction: "fall" | "rise", below = false): Words =>
  ({ measured, limit, unit }) =>
    measured === null
      ? `${what} would have to be known`
      : `${what} would have to ${direction} from ${withUnit(measured, unit)} to ${below ? "below " : ""}${withUnit(limit, unit)}`;

/** A count that one entry more would pass: the setting, or an entry less. */
const allows =
  (what: string): Words =>
  ({ measured, limit }) =>
    `the limit of ${limit} ${what} would have to be ${measured ?? "higher"}`;

const staleData: Words = ({ measured, limit }) => {
  if (measured === null) return "there would have to be a candle at this slot";
  if (decimal(measured).lte(limit)) return "there would have to be a price at this slot";
  return `the last candle would have to be at most ${limit} seconds old, not ${short(decimal(measured))}`;
};

const cooldown: Words = ({ measured, limit }) =>
  `${short(decimal(limit).minus(measured ?? 0))} minutes more would have to pass since the stop (of ${limit})`;

const stopDistance: Words = ({ measured, limit }) => {
  const [least = "0", most = "0"] = limit.split(" to ");
  const distance = decimal(measured ?? 0);
  const isNear = distance.lt(least);
  const way = isNear ? "further away" : "nearer";
  const bound = withUnit(isNear ? least : most, "fraction");
  return `the stop would have to be ${way}: ${withUnit(distance.toFixed(), "fraction")} from the entry, ${bound} at ${isNear ? "least" : "most"}`;
};

const WORDS: Readonly<Record<string, Words>> = {
  "trading-state": ({ measured, limit }) => `the bot would have to be ${limit}, not ${measured ?? "unknown"}`,
  "stale-data": staleData,
  "spot-is-long-only": () => "the market would have to be a swap, or the side long",
  "one-entry-per-candle": () => "another decision candle would have to close first",
  "pair-is-free": () => "the position that is open in this pair would have to be closed first",
  cooldown,
  "loss-pause": ({ measured }) => `the pause would have to be over: ${short(decimal(measured ?? 0))} minutes are left`,
  "daily-loss": moves("the loss of the UTC day", "fall", true),
  drawdown: moves("drawdown", "fall", true),
  "trades-per-day": allows("entries a day"),
  "entries-per-cycle": allows("entries a cycle"),
  "open-positions": allows("open positions"),
  correlation: moves("the correlation with an open position", "fall", true),
  funding: moves("the funding to pay per 8 hours", "fall"),
  spread: moves("spread", "fall"),
  "quote-volume": moves("the volume of 24 hours", "rise"),
  leverage: moves("leverage", "fall"),
  "protection-side": ({ measured, limit }) =>
    `the entry at ${measured ?? "an unknown price"} would have to lie between its stop and its target (${limit})`,
  "stop-distance": stopDistance,
  "liquidation-distance": ({ measured, limit }) =>
    `the liquidation at ${measured === null ? "an unknown price" : withUnit(measured, "price")} would have to lie ${limit}: less leverage or a nearer stop`,
  "position-margin": moves("the margin of the position", "fall"),
  "total-margin": moves("the margin of all positions", "fall"),
  "gross-notional": moves("the value of all positions", "fall"),
  // Here the measured value is the need and the limit what is there.
  cash: ({ measured, limit }) =>
    moves("cash", "rise")({ rule: "cash", measured: limit, limit: measured ?? "0", unit: "USDT" }),
  "order-quantity": moves("the quantity", "rise"),
  "order-value": moves("the value of the order", "rise"),
  "reward-to-risk": moves("reward to risk", "rise"),
  "net-profit": moves("the net profit at the target", "rise"),
};

/** Refusals that come before any rule is measured. */
const WITHOUT_CHECKS: Readonly<Record<string, string>> = {
  "position-is-open": "there would have to be an open position to close",
  "stale-data": "there would have to be a price at this slot",
  "protection-side": "the entry would need a side, a stop and a target",
};

const wordsOf = (check: FailedCheck): string =>
  WORDS[check.rule]?.(check) ??
  `${check.rule} would have to change from ${check.measured ?? "unknown"} to ${check.limit}`;

/**
 * What would have let a refused wish pass, in words: the least change of what was measured, for each rule that failed
 * (one alone would not have been enough). Null where nothing failed.
 */
export const nearestChange = (verdict: {
  readonly rule: string | null;
  readonly failed: readonly FailedCheck[];
}): string | null => {
  const { rule, failed } = verdict;
  if (failed.length === 0) return rule === null ? null : (WITHOUT_CHECKS[rule] ?? null);
  const named = failed.slice(0, FAILS_NAMED_MAX).map(wordsOf).join(", and ");
  const more = failed.length - FAILS_NAMED_MAX;
  return more > 0 ? `${named}, and ${more} more rules would have to pass` : named;
};
