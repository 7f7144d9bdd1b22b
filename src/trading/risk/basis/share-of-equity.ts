import { decimal, type Decimal } from "../../money";
import type { PortfolioView } from "./risk-context";

/** A value as a fraction of the bot's equity; infinite once equity is gone, so that every limit refuses. */
export const shareOfEquity = (value: Decimal, portfolio: Pick<PortfolioView, "equity">): Decimal =>
  portfolio.equity.gt(0) ? value.div(portfolio.equity) : decimal(Infinity);
