import { drawdownFraction } from "../../portfolio/equity";
import { passIf, type RiskRule } from "../risk-rule";

/** Beyond this fall from peak equity a bot only reduces. */
export const drawdownRule: RiskRule = {
  name: "drawdown",
  description: "Equity must not be further below its peak than this.",
  exemptsControl: true,
  check: (context) => {
    const measured = drawdownFraction(context.portfolio.equity, context.portfolio.peakEquity);
    const limit = context.limits.drawdownMax;
    return {
      outcome: passIf(measured.lt(limit)),
      measured: measured.toFixed(6),
      limit: String(limit),
      unit: "fraction",
    };
  },
};
