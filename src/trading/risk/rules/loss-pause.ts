import { decimal } from "../../money";
import { passIf, type RiskRule } from "../basis/risk-rule";
import { formatCounted } from "../basis/rule-texts";
import { formatMinutes } from "../basis/unit-texts";
import { MINUTE_MS } from "../../market/duration";

/** After a number of losses in a row the bot pauses. The measured value is the rest of the pause. */
export const lossPauseRule: RiskRule<"loss-pause", "consecutiveLossesMax" | "lossPauseHours"> = {
  name: "loss-pause",
  description: "After a run of losses the bot takes a break.",
  unit: "minutes",
  limits: {
    consecutiveLossesMax: {
      least: 1,
      most: 100,
      standard: 4,
      isWhole: true,
      section: "Losses",
      place: 4,
      label: "Losses in a row",
      text: (losses) => `Pauses after ${losses === 1 ? "a loss" : `${losses} losses in a row`}`,
    },
    lossPauseHours: {
      least: 0,
      most: 720,
      standard: 24,
      section: "Losses",
      place: 5,
      label: "Pause",
      text: (hours) => `Enters nothing for ${formatCounted(hours, "hour")} after such losses`,
    },
  },
  exemptsControl: true,
  check: ({ history, limits, time }) => {
    const minutesLeft = history.lossPauseUntil === null ? 0 : (history.lossPauseUntil - time) / MINUTE_MS;
    return {
      outcome: passIf(minutesLeft <= 0),
      measured: String(Math.max(0, minutesLeft)),
      limit: `0 (after ${limits.consecutiveLossesMax} losses in a row: ${limits.lossPauseHours} h)`,
    };
  },
  words: {
    title: "loss pause",
    refused: "it pauses after losses in a row",
    reason: ({ limit }, { measured }) => {
      const losses = /after (\d+)/.exec(limit)?.[1];
      const why = losses === undefined ? "losses" : losses === "1" ? "1 loss" : `${losses} losses in a row`;
      return `the bot pauses after ${why}: ${measured}`;
    },
    change: ({ measured }) => `wait ${formatMinutes(measured ?? 0)} more, until the pause is over`,
    texts: ({ measured }) => ({
      measured: decimal(measured ?? 0).lte(0) ? "no pause" : `${formatMinutes(measured ?? 0)} left`,
      limit: "no pause",
    }),
  },
};
