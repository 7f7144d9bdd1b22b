import { formatSeconds } from "../../format-number";
import { passIf, type RiskRule } from "../basis/risk-rule";
import { formatCounted, secondsLeft } from "../basis/rule-texts";
import { formatMinutes } from "../basis/unit-texts";
import { MINUTE_MS } from "../../market/duration";

/** The pair is not entered for a while after a stop. Without a stop nothing is measured. */
export const cooldownRule: RiskRule<"cooldown", "cooldownMinutes"> = {
  name: "cooldown",
  description: "After a stop the pair rests for a while before it is entered again.",
  unit: "minutes",
  limits: {
    cooldownMinutes: {
      least: 0,
      most: 10_080,
      standard: 60,
      section: "Losses",
      place: 6,
      label: "Cooldown",
      text: (minutes) => `Leaves a pair alone for ${formatCounted(minutes, "minute")} after a stop there`,
    },
  },
  exemptsControl: true,
  check: ({ history, limits, time }) => {
    const minutes = history.lastStopAt === null ? null : (time - history.lastStopAt) / MINUTE_MS;
    return {
      outcome: passIf(minutes === null || minutes >= limits.cooldownMinutes),
      measured: minutes === null ? null : String(minutes),
      limit: String(limits.cooldownMinutes),
    };
  },
  words: {
    title: "cooldown",
    refused: "the pair rests after a stop",
    reason: (_, { measured, limit }) => `the pair rests for ${limit} after a stop: ${measured}`,
    change: ({ measured, limit }) =>
      `wait ${formatSeconds(secondsLeft(measured, limit))} more: the pair rests for ${formatMinutes(limit)} after a stop`,
    texts: ({ measured, limit }) => ({
      measured: measured === null ? "no stop before" : `${formatMinutes(measured)} since the stop`,
      limit: formatMinutes(limit),
    }),
  },
};
