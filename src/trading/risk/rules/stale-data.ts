import { decimal } from "../../money";
import { formatSeconds } from "../../format-number";
import { passIf, type RiskRule } from "../basis/risk-rule";

const SECONDS_MIN = 60;

/** Refuses entries without a price at the slot, or with candles older than the interval. */
export const staleDataRule: RiskRule<"stale-data"> = {
  name: "stale-data",
  description: "There must be a price at the slot, and the last candle must not be older than the interval.",
  unit: "seconds",
  limits: {},
  check: ({ market, intervalSeconds }) => {
    const limitSeconds = Math.max(intervalSeconds, SECONDS_MIN);
    const age = market.dataAgeMs;
    const isFresh = market.referencePrice !== null && age !== null && age <= limitSeconds * 1000;
    return {
      outcome: passIf(isFresh),
      measured: age === null ? null : String(age / 1000),
      limit: String(limitSeconds),
    };
  },
  words: {
    title: "stale data",
    refused: "prices were missing or too old",
    changeUnmeasured: "wait for a price at the slot",
    reason: ({ measured, limit }) => {
      if (measured === null) return "there is no candle at this slot";
      if (decimal(measured).lte(limit)) return "there is no price at this slot";
      return `the last candle is ${formatSeconds(measured)} old, and at most ${formatSeconds(limit)} is allowed`;
    },
    change: ({ measured, limit }) => {
      if (measured === null) return "wait for a candle at the slot";
      if (decimal(measured).lte(limit)) return "wait for a price at the slot";
      return `wait for a newer candle: the last is ${formatSeconds(measured)} old, and ${formatSeconds(limit)} is the most`;
    },
  },
};
