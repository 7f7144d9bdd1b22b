import type { EntryPlan } from "../../basis/entry-plan";
import type { LlmSettings } from "../../asking/llm-settings";

/** One kind of entry, whose levels the model says. Its size is the bot's own, and scaled by the model's confidence. */
export const planLlm = ({ sides, confidenceMin, sizeFraction, leverage }: LlmSettings): readonly EntryPlan[] => [
  {
    name: "Entry",
    sides: sides === "both" ? ["long", "short"] : ["long"],
    least: { score: confidenceMin, sizeFraction },
    most: { score: 1, sizeFraction },
    leverage,
    stop: "market",
    target: "market",
  },
];
