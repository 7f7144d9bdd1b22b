import { passIf, type RiskRule } from "../risk-rule";

const SECONDS_MIN = 60;

/** No price at the slot, or candles older than the interval: nothing to trade on. */
export const staleDataRule: RiskRule = {
  name: "stale-data",
  description: "There must be a price at the slot, and the last candle must not be older than the interval.",
  check: ({ market, intervalSeconds }) => {
    const limitSeconds = Math.max(intervalSeconds, SECONDS_MIN);
    const age = market.dataAgeMs;
    const isFresh = market.referencePrice !== null && age !== null && age <= limitSeconds * 1000;
    return {
      outcome: passIf(isFresh),
      measured: age === null ? null : String(age / 1000),
      limit: String(limitSeconds),
      unit: "seconds",
    };
  },
};
