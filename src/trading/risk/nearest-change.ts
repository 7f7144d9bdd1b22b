import { decimal } from "../money";
import { durationText, shareText } from "../number-text";
import { boundsOf, checkTexts, pricesIn, type StoredCheck } from "./check-texts";

/** A check that failed, as it was stored. */
export type FailedCheck = StoredCheck;

const FAILS_NAMED_MAX = 3;

type Words = (check: StoredCheck) => string;

/** `what` has to move from the measured value to its limit; `below`: the limit itself is too much. */
const moves =
  (what: string, direction: "fall" | "rise", below = false): Words =>
  (check) => {
    const { measured, limit } = checkTexts(check);
    return check.measured === null
      ? `${what} would have to be known`
      : `${what} would have to ${direction} from ${measured} to ${below ? "below " : ""}${limit}`;
  };

const waits =
  (until: string): Words =>
  () =>
    `wait ${until}`;

const staleData: Words = ({ measured, limit }) => {
  if (measured === null) return "wait for a candle at the slot";
  if (decimal(measured).lte(limit)) return "wait for a price at the slot";
  return `wait for a newer candle: the last is ${durationText(measured)} old, and ${durationText(limit)} is the most`;
};

const cooldown: Words = ({ measured, limit }) =>
  `wait ${durationText(
    decimal(limit)
      .minus(measured ?? 0)
      .times(60),
  )} more: the pair rests for ${durationText(decimal(limit).times(60))} after a stop`;

const stopDistance: Words = ({ measured, limit }) => {
  if (measured === null) return "the entry would need a stop";
  const [least, most] = boundsOf(limit);
  const distance = decimal(measured);
  const isNear = distance.lt(least);
  const bound = isNear ? `${shareText(least)} at least` : `${shareText(most)} at most`;
  return `the stop would have to be ${isNear ? "farther away" : "nearer"}: it is ${shareText(distance)} from the entry, and has to be ${bound}`;
};

const WORDS: Readonly<Record<string, Words>> = {
  "trading-state": waits("until the bot is active again"),
  "stale-data": staleData,
  "spot-is-long-only": () => "the market would have to be a swap, or the side long",
  "one-entry-per-candle": waits("for the next decision candle to close"),
  "pair-is-free": waits("until the open position in this pair is closed"),
  cooldown,
  "loss-pause": ({ measured }) =>
    `wait ${durationText(decimal(measured ?? 0).times(60))} more, until the pause is over`,
  "daily-loss": waits("for the next UTC day: this one has lost what a day may lose"),
  drawdown: moves("the drawdown from the peak", "fall", true),
  "trades-per-day": (check) => `wait for the next UTC day: this one has had its ${checkTexts(check).limit}`,
  "entries-per-cycle": (check) => `wait for the next cycle: this one has made its ${checkTexts(check).limit}`,
  "open-positions": (check) => `wait until one of its ${checkTexts(check).limit} is closed`,
  correlation: moves("the correlation with an open position", "fall", true),
  funding: moves("the funding to pay per 8 h", "fall"),
  spread: moves("the spread", "fall"),
  "quote-volume": moves("the volume of 24 h", "rise"),
  leverage: moves("the leverage", "fall"),
  "protection-side": () => "the entry would have to lie between its stop and its target",
  "stop-distance": stopDistance,
  "liquidation-distance": ({ limit }) =>
    `less leverage or a nearer stop: the liquidation has to lie ${["behind the stop", ...pricesIn(limit).slice(0, 1)].join(" at ")}`,
  "position-margin": moves("the margin of the position", "fall"),
  "total-margin": moves("the margin of all positions", "fall"),
  "gross-notional": moves("the value of all positions, by equity,", "fall"),
  // Here the measured value is the need and the limit what is there.
  cash: ({ measured, limit }) =>
    moves("cash", "rise")({ rule: "cash", measured: limit, limit: measured ?? "0", unit: "USDT" }),
  "order-quantity": moves("the quantity", "rise"),
  "order-value": moves("the value of the order", "rise"),
  "reward-to-risk": moves("what the target pays for what the stop costs", "rise"),
  "net-profit": moves("the net profit at the target", "rise"),
};

/** Refusals that come before any rule is measured. */
const WITHOUT_CHECKS: Readonly<Record<string, string>> = {
  "position-is-open": "wait for an open position to close",
  "stale-data": "wait for a price at the slot",
  "protection-side": "the entry would need a side, a stop and a target",
};

const wordsOf = (check: StoredCheck): string =>
  WORDS[check.rule]?.(check) ?? "a rule that this version no longer has would have to let it pass";

/**
 * What would have let a refused wish pass, in words: for each rule that failed (one alone would not have been enough) the
 * least change of what was measured, or what to wait for where no change makes sense. Null where nothing failed.
 */
export const nearestChange = (verdict: {
  readonly rule: string | null;
  readonly failed: readonly FailedCheck[];
}): string | null => {
  const { rule, failed } = verdict;
  if (failed.length === 0) return rule === null ? null : (WITHOUT_CHECKS[rule] ?? null);
  const named = failed.slice(0, FAILS_NAMED_MAX).map(wordsOf).join(", and ");
  const more = failed.length - FAILS_NAMED_MAX;
  return more > 0 ? `${named}, and ${more} more ${more === 1 ? "rule" : "rules"} would have to pass` : named;
};
