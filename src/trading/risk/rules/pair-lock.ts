import { formatCount, formatSeconds, formatShare } from "../../format-number";
import { formatPercent } from "../../format-percent";
import { DAY_MS, MINUTE_MS } from "../../market/duration";
import { findPairLock, type PairLockLimits } from "../basis/pair-lock";
import type { RiskRule } from "../basis/risk-rule";
import { formatCounted, formatTimeLeft, numbersIn } from "../basis/rule-texts";

/** Why a pair is locked, as it is stored: "0 (3 trades in 7 days made -0.021, and 0 is the least)". */
const becauseOf = (limit: string): string => {
  const [, trades, days, made, least] = numbersIn(limit);
  if (trades === undefined || days === undefined || made === undefined || least === undefined) return "";
  const within = `${formatCount(trades, "trade", "trades")} in ${formatSeconds((Number(days) * DAY_MS) / 1000)}`;
  return `: its ${within} made ${formatShare(made)} after fees, and at least ${formatShare(least)} is asked for`;
};

/** A pair whose last trades brought too little rests. The measured value is the rest of its lock. */
export const pairLockRule: RiskRule<"pair-lock", keyof PairLockLimits> = {
  name: "pair-lock",
  description: "A pair whose last trades made too little after fees is left alone for a while.",
  unit: "minutes",
  limits: {
    pairLockHours: {
      least: 0,
      most: 720,
      standard: 0,
      section: "Losses",
      place: 7,
      label: "Pair lock",
      text: (hours) => `Leaves a pair that brought too little alone for ${formatCounted(hours, "hour")}`,
    },
    pairLockProfitMin: {
      least: -1,
      most: 1,
      standard: 0,
      section: "Losses",
      place: 8,
      label: "Pair's profit",
      text: (least) => `Wants at least ${formatPercent(least)} from a pair's trades together, each by its own value`,
    },
    pairLockDays: {
      least: 1,
      most: 60,
      standard: 7,
      section: "Losses",
      place: 9,
      label: "Pair's days",
      text: (days) => `Counts a pair's trades of ${formatCounted(days, "day")}`,
    },
    pairLockTradesMin: {
      least: 1,
      most: 50,
      standard: 3,
      isWhole: true,
      section: "Losses",
      place: 10,
      label: "Pair's trades",
      text: (least) => `Locks a pair after ${formatCounted(least, "trade")} or more`,
    },
  },
  off: {
    when: ({ pairLockHours }) => pairLockHours === 0,
    label: "Pair lock",
    text: "Off: a pair is not locked for bringing little",
  },
  exemptsControl: true,
  check: ({ history, market, limits, time }) => {
    const trades = history.results.filter(({ marketId }) => marketId === market.marketId);
    const lock = findPairLock(trades, limits, time);
    if (lock === null) return { outcome: "pass", measured: "0", limit: "0" };
    const { pairLockDays: days, pairLockProfitMin: least } = limits;
    const made = lock.made.toDecimalPlaces(6).toFixed();
    return {
      outcome: "fail",
      measured: String((lock.until - time) / MINUTE_MS),
      limit: `0 (${lock.trades} trades in ${days} days made ${made}, and ${least} is the least)`,
    };
  },
  words: {
    title: "pair lock",
    refused: "the pair brought too little lately",
    reason: ({ limit }, { measured }) => `the pair is locked, ${measured}${becauseOf(limit)}`,
    change: ({ measured }) => `wait ${formatTimeLeft(measured)} more, until the pair is unlocked`,
    texts: ({ measured }) => ({
      measured: measured === null || measured === "0" ? "no lock" : `${formatTimeLeft(measured)} left`,
      limit: "no lock",
    }),
  },
};
