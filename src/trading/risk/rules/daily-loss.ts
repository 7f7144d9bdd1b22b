import { formatPercent } from "../../format-percent";
import { dailyLoss } from "../basis/daily-loss";
import { passIf, type RiskRule } from "../basis/risk-rule";
import { beyond, waits } from "../basis/rule-texts";

/** Largest loss since the UTC day began. Its limit is the smaller of a share of day-start equity and of capital. */
export const dailyLossRule: RiskRule<"daily-loss", "dailyLossMax" | "dailyLossOfCapitalMax"> = {
  name: "daily-loss",
  description: "Once the UTC day has lost this much, nothing is entered until the next day.",
  unit: "USDT",
  limits: {
    dailyLossMax: {
      least: 0.001,
      most: 0.5,
      standard: 0.03,
      section: "Losses",
      place: 1,
      label: "Daily loss",
      text: (most) => `Stops for the day after losing ${formatPercent(most)} of the day's first equity`,
    },
    dailyLossOfCapitalMax: {
      least: 0.001,
      most: 0.5,
      standard: 0.01,
      section: "Losses",
      place: 2,
      label: "Daily loss of capital",
      text: (most) => `Stops for the day after losing ${formatPercent(most)} of its capital`,
    },
  },
  exemptsControl: true,
  check: ({ portfolio, limits }) => {
    const { measured, limit } = dailyLoss(portfolio, limits);
    return { outcome: passIf(measured.lt(limit)), measured: measured.toFixed(), limit: limit.toFixed() };
  },
  words: {
    title: "daily loss",
    refused: "it lost its limit of a day",
    reason: beyond("the loss of this UTC day at its worst", "less than"),
    change: waits("for the next UTC day: this one has lost what a day may lose"),
  },
};
