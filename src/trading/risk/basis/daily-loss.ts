import { maxOf, minOf, ZERO, type Decimal } from "../../money";
import type { PortfolioView } from "./risk-context";

type Day = Pick<PortfolioView, "dayStartEquity" | "dayLowEquity" | "initialCapital">;
type Limits = Readonly<Record<"dailyLossMax" | "dailyLossOfCapitalMax", number>>;

/** Gains of the day that were taken back may be more than it began with: a share of that says nothing then. */
const limitOf = ({ dayStartEquity, initialCapital }: Day, limits: Limits): Decimal => {
  const ofCapital = initialCapital.times(limits.dailyLossOfCapitalMax);
  return dayStartEquity.gt(0) ? minOf(dayStartEquity.times(limits.dailyLossMax), ofCapital) : ofCapital;
};

/** The UTC day's largest loss, and the loss at which entries are refused: quote currency, not negative. */
export const dailyLoss = (day: Day, limits: Limits): { readonly measured: Decimal; readonly limit: Decimal } => ({
  measured: maxOf(day.dayStartEquity.minus(day.dayLowEquity), ZERO),
  limit: limitOf(day, limits),
});
