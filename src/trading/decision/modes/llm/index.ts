import { floorToGrid, timeframeMs } from "../../../market/timeframe";
import { isProviderId } from "../../../model/model-provider";
import type { DecisionMode } from "../../basis/decision-mode";
import { analyseLlm, llmSeries, llmTrail } from "./analyse-llm";
import { decideTold } from "./decide-told";
import { describeLlm } from "./describe-llm";
import { llmReadingsSchema, type LlmReadings } from "../../asking/llm-readings";
import { llmReads, llmSettingsSchema, modelNameOf, type LlmReads, type LlmSettings } from "../../asking/llm-settings";
import { llmWords } from "./llm-words";
import { planLlm } from "./plan-llm";

/** A language model proposes, and code disposes: what it cites, its levels and its confidence are checked first. */
export const llm: DecisionMode<LlmSettings, "llm", LlmReads, LlmReadings> = {
  name: "llm",
  title: "Language model",
  summary: "trades what a language model proposes and grounds in the data",
  isControl: false,
  asksModel: true,
  settings: llmSettingsSchema,
  newFaults: ({ model }) => {
    const { provider } = modelNameOf({ model });
    return isProviderId(provider) ? [] : [{ path: ["model"], message: `there is no provider "${provider}"` }];
  },
  readings: llmReadingsSchema,
  words: llmWords,
  series: llmSeries,
  isDue: ({ timeframe, everyCandles }, { slot, lastDoneSlot }) =>
    lastDoneSlot === null || floorToGrid(slot, everyCandles * timeframeMs(timeframe)) > lastDoneSlot,
  reads: llmReads,
  analyse: analyseLlm,
  decide: decideTold,
  trailBy: ({ readings }) => llmTrail(readings),
  describe: describeLlm,
  plans: planLlm,
  // It scores nothing itself: a confidence is the model's, and never of both sides.
  entryScore: () => null,
  // What a model would have said of another market is not known.
  nearestEntry: () => null,
};
