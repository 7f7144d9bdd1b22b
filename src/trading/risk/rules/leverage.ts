import { passIf, type RiskRule } from "../risk-rule";

/** Leverage by side, and never above what the market allows. */
export const leverageRule: RiskRule = {
  name: "leverage",
  description: "Leverage stays within the side's limit and the market's own.",
  check: (context) => {
    const { limits, market } = context;
    const { side } = context.entry;
    const measured = context.entry.leverage;
    const limit = Math.min(
      side === "long" ? limits.longLeverageMax : limits.shortLeverageMax,
      market.rules.leverageMax ?? Infinity,
    );
    return { outcome: passIf(measured.lte(limit)), measured: measured.toFixed(), limit: String(limit), unit: "times" };
  },
};
