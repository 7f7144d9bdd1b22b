import { passIf, type RiskRule } from "../risk-rule";

const MINUTE_MS = 60_000;

/** After so many losses in a row the bot pauses; measured is what is left of the pause. */
export const lossPauseRule: RiskRule = {
  name: "loss-pause",
  description: "After a run of losses the bot takes a break.",
  exemptsControl: true,
  check: ({ history, limits, time }) => {
    const minutesLeft = history.lossPauseUntil === null ? 0 : (history.lossPauseUntil - time) / MINUTE_MS;
    return {
      outcome: passIf(minutesLeft <= 0),
      measured: String(Math.max(0, minutesLeft)),
      limit: `0 (after ${limits.consecutiveLossesMax} losses in a row: ${limits.lossPauseHours} h)`,
      unit: "minutes",
    };
  },
};
