import { maxOf, minOf, ZERO, type Decimal } from "../../money";
import type { PortfolioView } from "./risk-context";

/** The UTC day's largest loss, and the loss at which entries are refused: quote currency, not negative. */
export const dailyLoss = (
  portfolio: Pick<PortfolioView, "dayStartEquity" | "dayLowEquity" | "initialCapital">,
  limits: Readonly<Record<"dailyLossMax" | "dailyLossOfCapitalMax", number>>,
): { readonly measured: Decimal; readonly limit: Decimal } => ({
  measured: maxOf(portfolio.dayStartEquity.minus(portfolio.dayLowEquity), ZERO),
  limit: minOf(
    portfolio.dayStartEquity.times(limits.dailyLossMax),
    portfolio.initialCapital.times(limits.dailyLossOfCapitalMax),
  ),
});
