import type { ModelOutcome, ModelRequest } from "~/trading/model/model-call";

/** One model of one provider, with one key. */
export type LanguageModel = {
  /**
   * Asks once, and a second time only where nothing can have been paid for the first. Ends within `withinMs`, and does
   * not throw for anything that the world does.
   */
  ask(request: ModelRequest, withinMs: number): Promise<ModelOutcome>;
};
