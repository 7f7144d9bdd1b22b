import { passIf, type RiskRule } from "../risk-rule";

const MINUTE_MS = 60_000;

/** After a stop the pair rests; without a stop nothing is measured. */
export const cooldownRule: RiskRule = {
  name: "cooldown",
  description: "After a stop the pair rests for a while before it is entered again.",
  exemptsControl: true,
  check: ({ history, limits, time }) => {
    const minutes = history.lastStopAt === null ? null : (time - history.lastStopAt) / MINUTE_MS;
    return {
      outcome: passIf(minutes === null || minutes >= limits.cooldownMinutes),
      measured: minutes === null ? null : String(minutes),
      limit: String(limits.cooldownMinutes),
      unit: "minutes",
    };
  },
};
