import type { ModelPrice } from "./model-price";
import type { ProviderId } from "./model-provider";

/** What a model's endpoint takes beyond the plain request. A field that it does not know may be refused. */
export type ModelCapabilities = {
  /** May be made to call a tool; otherwise it is asked to, in words. */
  readonly forcedTool: boolean;
  /** Holds to the schema of a tool by itself (`strict`). */
  readonly strictTool: boolean;
  /** Keeps the beginning of a prompt where it is told to; others do so by themselves, or not at all. */
  readonly promptCache: boolean;
  /** Can be told not to think first, which would use up the reply's length and forbid a forced tool. */
  readonly thinkingOff: boolean;
};

export type ModelTraits = {
  readonly provider: ProviderId;
  /** As its provider names it. */
  readonly id: string;
  readonly capabilities: ModelCapabilities;
  /**
   * The first instant (ms UTC) of which it can have read nothing, as its vendor says; 0: it was not trained on anything;
   * absent: nobody says.
   */
  readonly trainedThrough?: number;
  /** By rising date; none: unknown. */
  readonly prices: readonly ModelPrice[];
};
