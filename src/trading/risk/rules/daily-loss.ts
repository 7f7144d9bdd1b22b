import { maxOf, minOf, ZERO } from "../../money";
import { passIf, type RiskRule } from "../risk-rule";

/** Loss since the UTC day began, at its worst: the smaller of a share of the day's start and of the capital. */
export const dailyLossRule: RiskRule = {
  name: "daily-loss",
  check: (context) => {
    const { portfolio, limits } = context;
    const measured = maxOf(portfolio.dayStartEquity.minus(portfolio.dayLowEquity), ZERO);
    const limit = minOf(
      portfolio.dayStartEquity.times(limits.dailyLossMax),
      portfolio.initialCapital.times(limits.dailyLossOfCapitalMax),
    );
    return { outcome: passIf(measured.lt(limit)), measured: measured.toFixed(), limit: limit.toFixed(), unit: "USDT" };
  },
};
