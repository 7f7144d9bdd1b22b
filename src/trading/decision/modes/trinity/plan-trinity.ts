import type { EntryPlan } from "../../basis/entry-plan";
import type { TrinitySettings } from "./trinity-settings";
import { trinitySizeFraction } from "./trinity-size";

const askedAt = (score: number) => ({ score, sizeFraction: trinitySizeFraction(score) ?? 0 });

/** The one entry of Trinity, from its lowest score that enters to the highest that there is. */
export const planTrinity = (settings: TrinitySettings): readonly EntryPlan[] => [
  {
    name: "Entry",
    sides: ["long", "short"],
    least: askedAt(settings.entryScoreMin),
    most: askedAt(1),
    leverage: settings.leverage,
    stop: settings.stopLossFraction,
    target: settings.takeProfitFraction,
  },
];
