import { decimal } from "../../money";
import { formatShare } from "../../format-number";
import { passIf, type RiskRule } from "../basis/risk-rule";
import { UNKNOWN } from "../basis/unit-texts";

const AVERAGE = "its average of 200 candles";

const sideOf = (limit: string): string => (limit.startsWith("below") ? "below" : "above");

const whereOf = (measured: string | null): string => {
  if (measured === null) return UNKNOWN;
  const distance = decimal(measured);
  if (distance.isZero()) return `at ${AVERAGE}`;
  return `${formatShare(distance.abs())} ${distance.gt(0) ? "above" : "below"} ${AVERAGE}`;
};

/** Longs in a rising market, shorts in a falling one: the last decision candle's close against its SMA200. */
export const regimeRule: RiskRule<"regime", "regimeFilter"> = {
  name: "regime",
  description: "Longs are entered only above the average of 200 decision candles, shorts only below it.",
  unit: "fraction",
  limits: {
    regimeFilter: {
      least: 0,
      most: 1,
      standard: 0,
      isWhole: true,
      section: "Entries",
      place: 13,
      label: "Market regime",
      text: () => `Goes long only where the market is above ${AVERAGE}, short only below it`,
    },
  },
  off: {
    when: ({ regimeFilter }) => regimeFilter === 0,
    label: "Market regime",
    text: "Off: enters either side, whichever way the market goes",
  },
  check: ({ conditions, entry }) => {
    const limit = entry.side === "long" ? "above 0" : "below 0";
    const { trendFraction: trend } = conditions;
    if (trend === null) return { outcome: "unknown", measured: null, limit };
    return { outcome: passIf(entry.side === "long" ? trend > 0 : trend < 0), measured: trend.toFixed(6), limit };
  },
  words: {
    title: "market regime",
    refused: "the market goes against this side",
    reason: ({ limit }, { measured }) => `the last close is ${measured}, and this side is entered ${sideOf(limit)} it`,
    change: (_, { limit }) => `the close would have to come to lie ${limit}`,
    texts: ({ measured, limit }) => ({
      measured: whereOf(measured),
      limit: `${sideOf(limit)} ${AVERAGE}`,
    }),
  },
};
