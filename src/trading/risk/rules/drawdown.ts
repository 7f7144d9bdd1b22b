import { formatPercent } from "../../format-percent";
import { drawdownFraction } from "../../portfolio/equity";
import { passIf, type RiskRule } from "../basis/risk-rule";
import { beyond, moves } from "../basis/rule-texts";

/** At this fall from peak equity, a fraction, a bot only closes positions. */
export const drawdownRule: RiskRule<"drawdown", "drawdownMax"> = {
  name: "drawdown",
  description: "Equity must not be further below its peak than this.",
  unit: "fraction",
  limits: {
    drawdownMax: {
      least: 0.02,
      most: 0.5,
      standard: 0.15,
      section: "Losses",
      place: 3,
      label: "Drawdown",
      text: (most) => `Only closes positions once equity is ${formatPercent(most)} below its peak`,
    },
  },
  exemptsControl: true,
  check: ({ portfolio, limits }) => {
    const measured = drawdownFraction(portfolio.equity, portfolio.peakEquity);
    const limit = limits.drawdownMax;
    return { outcome: passIf(measured.lt(limit)), measured: measured.toFixed(6), limit: String(limit) };
  },
  words: {
    title: "drawdown",
    refused: "equity is too far below its peak",
    reason: beyond("the drawdown from the peak", "less than"),
    change: moves("the drawdown from the peak", "fall", true),
  },
};
