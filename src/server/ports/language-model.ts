import type { ModelOutcome, ModelRequest } from "~/trading/model/model-call";
import type { KeyHeader } from "~/trading/model/model-provider";
import type { ModelTraits } from "~/trading/model/model-traits";

/** One model of one provider, with one key. */
export type LanguageModel = {
  /**
   * Asks once, and a second time only where nothing can have been paid for the first. Ends within `withinMs`, and does
   * not throw for anything that the world does.
   */
  ask(request: ModelRequest, withinMs: number): Promise<ModelOutcome>;
};

/** Where a model answers, and how it is told the key; null: it needs none. */
export type ModelAddress = {
  readonly baseUrl: string;
  readonly keyHeader: KeyHeader;
  readonly apiVersion: string;
  readonly key: string | null;
};

/** A model at an address. Throws RangeError for an address or a key that cannot be one. */
export type ModelOf = (asked: {
  readonly endpoint: ModelAddress;
  readonly model: Pick<ModelTraits, "id" | "capabilities">;
}) => LanguageModel;
