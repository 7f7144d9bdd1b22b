import { formatCount, formatSeconds, formatShare } from "../../format-number";
import { formatPercent } from "../../format-percent";
import { DAY_MS, MINUTE_MS } from "../../market/duration";
import type { RiskRule } from "../basis/risk-rule";
import { formatCounted, formatTimeLeft, numbersIn } from "../basis/rule-texts";
import { findTradesPause, type TradesDrawdownLimits } from "../basis/trades-drawdown";

/** Why the bot rests, as it is stored: "0 (5 trades in 30 days lost 0.081, and 0.08 is too much)". */
const becauseOf = (limit: string): string => {
  const [, trades, days, lost, most] = numbersIn(limit);
  if (trades === undefined || days === undefined || lost === undefined || most === undefined) return "";
  const within = `${formatCount(trades, "trade", "trades")} in ${formatSeconds((Number(days) * DAY_MS) / 1000)}`;
  return `: ${within} took ${formatShare(lost)} off its balance, and less than ${formatShare(most)} is allowed`;
};

/** When closed trades took too much off the balance, the bot rests. The measured value is the rest of its pause. */
export const tradesDrawdownRule: RiskRule<"trades-drawdown", keyof TradesDrawdownLimits> = {
  name: "trades-drawdown",
  description: "When its closed trades took too much off its balance, the bot takes a break.",
  unit: "minutes",
  limits: {
    tradesDrawdownMax: {
      least: 0,
      most: 0.5,
      standard: 0,
      section: "Losses",
      place: 11,
      label: "Drawdown of trades",
      text: (most) => `Takes a break once closed trades took ${formatPercent(most)} off its balance`,
    },
    tradesDrawdownDays: {
      least: 1,
      most: 60,
      standard: 30,
      section: "Losses",
      place: 12,
      label: "Days of trades",
      text: (days) => `Counts its trades of ${formatCounted(days, "day")} for that`,
    },
    tradesDrawdownTradesMin: {
      least: 1,
      most: 100,
      standard: 5,
      isWhole: true,
      section: "Losses",
      place: 13,
      label: "Number of trades",
      text: (least) => `Takes that break after ${formatCounted(least, "trade")} or more`,
    },
    tradesDrawdownPauseHours: {
      least: 0,
      most: 720,
      standard: 24,
      section: "Losses",
      place: 14,
      label: "Break",
      text: (hours) => `Enters nothing for ${formatCounted(hours, "hour")} after the last of them`,
    },
  },
  off: {
    when: ({ tradesDrawdownMax }) => tradesDrawdownMax === 0,
    label: "Drawdown of trades",
    text: "Off: closed trades alone do not make it take a break",
  },
  exemptsControl: true,
  check: ({ history, portfolio, limits, time }) => {
    const balance = portfolio.cash.plus(portfolio.margin);
    const pause = findTradesPause({ results: history.results, balance }, limits, time);
    if (pause === null) return { outcome: "pass", measured: "0", limit: "0" };
    const { tradesDrawdownDays: days, tradesDrawdownMax: most } = limits;
    const lost = pause.drawdown.toDecimalPlaces(6).toFixed();
    return {
      outcome: "fail",
      measured: String((pause.until - time) / MINUTE_MS),
      limit: `0 (${pause.trades} trades in ${days} days lost ${lost}, and ${most} is too much)`,
    };
  },
  words: {
    title: "drawdown of trades",
    refused: "its trades took too much off its balance",
    reason: ({ limit }, { measured }) => `the bot takes a break, ${measured}${becauseOf(limit)}`,
    change: ({ measured }) => `wait ${formatTimeLeft(measured)} more, until the break is over`,
    texts: ({ measured }) => ({
      measured: measured === null || measured === "0" ? "no break" : `${formatTimeLeft(measured)} left`,
      limit: "no break",
    }),
  },
};
