import { passIf, type RiskRule } from "../risk-rule";

/** At most one entry per pair and closed decision candle, also after a stop (TRADING 3). */
export const oneEntryPerCandleRule: RiskRule = {
  name: "one-entry-per-candle",
  description: "A pair is entered at most once on each closed decision candle, also after a stop.",
  check: (context) => {
    const measured = context.history.hasEnteredThisCandle ? 1 : 0;
    const limit = 0;
    return { outcome: passIf(measured === limit), measured: String(measured), limit: String(limit), unit: "count" };
  },
};
