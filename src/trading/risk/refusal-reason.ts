import { decimal } from "../money";
import { durationText, priceText, shareText } from "../number-text";
import { boundsOf, checkTexts as textsOf, pricesIn, stateText, type StoredCheck } from "./check-texts";

type Words = (check: StoredCheck) => string;

/** "x is 0.31 %, and at most 0.2 % is allowed": how most rules refuse. */
const beyond =
  (what: string, allowed: "at most" | "at least" | "less than"): Words =>
  (check) => {
    const { measured, limit } = textsOf(check);
    const bound = `${allowed} ${limit} is ${allowed === "at least" ? "asked for" : "allowed"}`;
    return `${what} is ${check.measured === null ? "not known" : measured}, and ${bound}`;
  };

const staleData: Words = ({ measured, limit }) => {
  if (measured === null) return "there is no candle at this slot";
  if (decimal(measured).lte(limit)) return "there is no price at this slot";
  return `the last candle is ${durationText(measured)} old, and at most ${durationText(limit)} is allowed`;
};

const stopDistance: Words = ({ measured, limit }) => {
  const [least, most] = boundsOf(limit);
  if (measured === null) return "the distance of its stop is not known";
  const distance = decimal(measured);
  return distance.lt(least)
    ? `its stop is ${shareText(distance)} from the entry, nearer than ${shareText(least)}`
    : `its stop is ${shareText(distance)} from the entry, farther than ${shareText(most)}`;
};

const lossPause: Words = (check) => {
  const losses = /after (\d+)/.exec(check.limit)?.[1];
  const why = losses === undefined ? "losses" : losses === "1" ? "1 loss" : `${losses} losses in a row`;
  return `the bot pauses after ${why}: ${textsOf(check).measured}`;
};

const WORDS: Readonly<Record<string, Words>> = {
  "trading-state": ({ measured }) =>
    measured === "halted"
      ? "the bot is halted"
      : measured === "reducing"
        ? "the bot only closes positions now"
        : `the bot is ${stateText(measured)}`,
  "stale-data": staleData,
  "spot-is-long-only": () => "spot cannot be sold short",
  "one-entry-per-candle": () => "this decision candle has had its entry in this pair",
  "pair-is-free": () => "this pair has an open position",
  cooldown: (check) => `the pair rests for ${textsOf(check).limit} after a stop: ${textsOf(check).measured}`,
  "loss-pause": lossPause,
  "daily-loss": beyond("the loss of this UTC day at its worst", "less than"),
  drawdown: beyond("the drawdown from the peak", "less than"),
  "trades-per-day": (check) => `this UTC day has had its ${textsOf(check).limit}`,
  "entries-per-cycle": (check) => `this cycle has made its ${textsOf(check).limit}`,
  "open-positions": (check) => `the bot holds ${textsOf(check).limit}, as many as it may`,
  correlation: beyond("the correlation with an open position", "less than"),
  funding: beyond("the funding to pay per 8 h", "at most"),
  spread: beyond("the spread", "at most"),
  "quote-volume": beyond("the volume of 24 h", "at least"),
  leverage: beyond("the leverage", "at most"),
  "protection-side": ({ measured, limit }) => {
    const [below, above] = pricesIn(limit);
    const entry = measured === null ? "the entry" : `the entry at ${priceText(measured)}`;
    return below === undefined || above === undefined
      ? `${entry} is not between its stop and its target`
      : `${entry} is not between ${below} and ${above}, its stop and its target`;
  },
  "stop-distance": stopDistance,
  "liquidation-distance": (check) =>
    `it would be liquidated at ${textsOf(check).measured}, before its stop${stopOf(check)} is reached`,
  "position-margin": beyond("the margin of the position", "at most"),
  "total-margin": beyond("the margin of all positions", "at most"),
  "gross-notional": (check) =>
    `all positions would be worth ${textsOf(check).measured} the equity, and at most ${textsOf(check).limit} is allowed`,
  cash: (check) => `margin and fee take ${textsOf(check).measured}, and ${textsOf(check).limit} is there`,
  "order-quantity": beyond("the quantity", "at least"),
  "order-value": beyond("the value of the order", "at least"),
  "reward-to-risk": (check) =>
    `the target pays ${textsOf(check).measured} what the stop costs, and at least ${textsOf(check).limit} is asked for`,
  "net-profit": beyond("the net profit at the target", "at least"),
};

const stopOf = ({ limit }: StoredCheck): string => {
  const [stop] = pricesIn(limit);
  return stop === undefined ? "" : ` at ${stop}`;
};

/** Why a rule refused, as a sentence without its point: what was the case and what is allowed, each number with its unit. */
export const refusalReason = (check: StoredCheck): string =>
  WORDS[check.rule]?.(check) ?? "a rule that this version no longer has refused it";
