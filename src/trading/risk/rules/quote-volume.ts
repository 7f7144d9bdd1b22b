import { passIf, type RiskRule } from "../basis/risk-rule";
import { beyond, moves, formatUsdt } from "../basis/rule-texts";

/** Value traded in 24 hours, in quote. An unknown value is refused in live trading. */
export const quoteVolumeRule: RiskRule<"quote-volume", "quoteVolumeMin"> = {
  name: "quote-volume",
  description: "Enough must have been traded in 24 hours for the order to find a market.",
  unit: "USDT",
  limits: {
    quoteVolumeMin: {
      least: 0,
      most: 1e12,
      standard: 1_000_000,
      section: "Entries",
      place: 10,
      label: "Volume",
      text: (least) => `Enters only markets that traded ${formatUsdt(least)} or more in 24 h`,
    },
  },
  check: ({ market, limits, isLive }) => {
    const limit = String(limits.quoteVolumeMin);
    const volume = market.quoteVolume24h;
    if (volume === null) return { outcome: isLive ? "fail" : "unknown", measured: null, limit };
    return { outcome: passIf(volume.gte(limits.quoteVolumeMin)), measured: volume.toFixed(), limit };
  },
  words: {
    title: "traded value",
    refused: "the market trades too little",
    reason: beyond("the volume of 24 h", "at least"),
    change: moves("the volume of 24 h", "rise"),
  },
};
