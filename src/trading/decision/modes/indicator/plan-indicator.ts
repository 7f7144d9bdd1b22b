import type { EntryPlan } from "../../basis/entry-plan";
import type { IndicatorSettings } from "./indicator-settings";
import { SETUP_SCORES } from "./indicator-setups";

const NAMES = { pullback: "Pullback", breakout: "Breakout" } as const;

/** An entry by each setup that is traded and can score enough. A breakout's stop lies beyond the level that it broke. */
export const planIndicator = (settings: IndicatorSettings): readonly EntryPlan[] => {
  const { setups, sides, entryScoreMin, sizeFraction, leverage, takeProfitFraction: target } = settings;
  const traded = setups === "both" ? (["pullback", "breakout"] as const) : [setups];
  return traded
    .filter((name) => SETUP_SCORES[name].most >= entryScoreMin)
    .map((name) => ({
      name: NAMES[name],
      sides: sides === "both" ? (["long", "short"] as const) : (["long"] as const),
      least: { score: Math.max(entryScoreMin, SETUP_SCORES[name].least), sizeFraction },
      most: { score: SETUP_SCORES[name].most, sizeFraction },
      leverage,
      stop: name === "pullback" ? settings.pullbackStopFraction : "market",
      target,
    }));
};
