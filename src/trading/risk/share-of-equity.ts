import { decimal, type Decimal } from "../money";
import type { RiskContext } from "./risk-context";

/** A value as a fraction of the bot's equity; infinite once equity is gone, so that every limit refuses. */
export const shareOfEquity = (value: Decimal, { portfolio }: Pick<RiskContext, "portfolio">): Decimal =>
  portfolio.equity.gt(0) ? value.div(portfolio.equity) : decimal(Infinity);
