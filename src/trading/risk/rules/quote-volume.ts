import { passIf, type RiskRule } from "../risk-rule";

/** Value traded in 24 hours; unknown is refused where money is real. */
export const quoteVolumeRule: RiskRule = {
  name: "quote-volume",
  description: "Enough must have been traded in 24 hours for the order to find a market.",
  check: ({ market, limits, isLive }) => {
    const limit = String(limits.quoteVolumeMin);
    const volume = market.quoteVolume24h;
    if (volume === null) return { outcome: isLive ? "fail" : "unknown", measured: null, limit, unit: "USDT" };
    return { outcome: passIf(volume.gte(limits.quoteVolumeMin)), measured: volume.toFixed(), limit, unit: "USDT" };
  },
};
