import { passIf, type RiskRule } from "../basis/risk-rule";
import { formatEntries, waits } from "../basis/rule-texts";

/** At most one entry per pair and closed decision candle, also after a stop (TRADING 3). */
export const oneEntryPerCandleRule: RiskRule<"one-entry-per-candle"> = {
  name: "one-entry-per-candle",
  description: "A pair is entered at most once on each closed decision candle, also after a stop.",
  unit: "count",
  limits: {},
  check: ({ history }) => {
    const measured = history.hasEnteredThisCandle ? 1 : 0;
    const limit = 0;
    return { outcome: passIf(measured === limit), measured: String(measured), limit: String(limit) };
  },
  words: {
    title: "one entry per candle",
    refused: "this candle had its entry already",
    reason: () => "this decision candle has had its entry in this pair",
    change: waits("for the next decision candle to close"),
    texts: ({ measured }) => ({
      measured: measured === "0" ? "no entry yet" : formatEntries(measured ?? 0),
      limit: "no entry before",
    }),
  },
};
