import { dailyLoss } from "../daily-loss";
import { passIf, type RiskRule } from "../risk-rule";

/** Loss since the UTC day began, at its worst: the smaller of a share of the day's start and of the capital. */
export const dailyLossRule: RiskRule = {
  name: "daily-loss",
  description: "Once the UTC day has lost this much, nothing is entered until the next day.",
  exemptsControl: true,
  check: (context) => {
    const { portfolio, limits } = context;
    const { measured, limit } = dailyLoss(portfolio, limits);
    return { outcome: passIf(measured.lt(limit)), measured: measured.toFixed(), limit: limit.toFixed(), unit: "USDT" };
  },
};
