import { marginTierOf } from "../../execution/margin-tiers";
import { secondOf } from "../../execution/matching";
import { passIf, type RiskRule } from "../basis/risk-rule";
import { beyond, moves } from "../basis/rule-texts";

/** Leverage of each side has its own limit, and never exceeds what the market and a position of its size allow. */
export const leverageRule: RiskRule<"leverage", "longLeverageMax" | "shortLeverageMax"> = {
  name: "leverage",
  description: "Leverage stays within the side's limit and the market's own.",
  unit: "times",
  limits: {
    longLeverageMax: {
      least: 1,
      most: 10,
      standard: 5,
      section: "Size",
      place: 5,
      label: "Long leverage",
      text: (most) => `Goes long with at most ${most}x`,
    },
    shortLeverageMax: {
      least: 1,
      most: 10,
      standard: 3,
      section: "Size",
      place: 6,
      label: "Short leverage",
      text: (most) => `Goes short with at most ${most}x`,
    },
  },
  check: ({ entry, limits, market, order }) => {
    const measured = entry.leverage;
    const limit = Math.min(
      entry.side === "long" ? limits.longLeverageMax : limits.shortLeverageMax,
      market.rules.leverageMax ?? Infinity,
      secondOf(market.matching) ? marginTierOf(order.notional).leverageMax : Infinity,
    );
    return { outcome: passIf(measured.lte(limit)), measured: measured.toFixed(), limit: String(limit) };
  },
  words: {
    title: "leverage",
    refused: "its leverage is too high",
    reason: beyond("the leverage", "at most"),
    change: moves("the leverage", "fall"),
  },
};
