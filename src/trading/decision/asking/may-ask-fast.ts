import { isPaidModel } from "../../model/is-paid-model";
import { modelNameOf, type LlmSettings } from "./llm-settings";

/** Whether a bot may ask as often as a clock makes it that is faster than a real one: nobody is paid, or its trader agreed. */
export const mayAskFast = (settings: Pick<LlmSettings, "model" | "acceleratedConsent">): boolean =>
  settings.acceleratedConsent || !isPaidModel(modelNameOf(settings).provider);
