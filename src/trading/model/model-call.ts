import type { LostFault, RefusedFault } from "./model-fault";
import type { TokenUsage } from "./token-usage";

type JsonSchema = { readonly type: "object" } & { readonly [keyword: string]: unknown };

/** The one tool that a model answers by. */
type ModelTool = { readonly name: string; readonly description: string; readonly inputSchema: JsonSchema };

export type ModelRequest = {
  /** What stays the same from request to request of a bot, so that its vendor can keep it, together with the tool. */
  readonly system: string;
  /** Blocks of the user's turn, in order. */
  readonly blocks: readonly string[];
  readonly tool: ModelTool;
  /** Length of the reply in tokens, thinking included. */
  readonly outputTokensMax: number;
};

export type ModelReply = {
  /** The body as it came, to be kept: what it says is read of it each time anew. */
  readonly raw: string;
  readonly stopReason: string | null;
  /** Which model answered, by its own word. */
  readonly servedModel: string;
  /** null: the reply does not say, so that its cost is unknown. */
  readonly usage: TokenUsage | null;
};

type CallFacts = {
  /** The vendor's name for the request, to ask there. */
  readonly requestId: string | null;
  /** Requests sent: 0 to 2. */
  readonly tries: number;
  /** From the first request to the end, waits included. */
  readonly latencyMs: number;
};

/**
 * How a call ended. `refused`: nothing can have been paid, it may be asked again. `lost`: it may have been paid, and must
 * never be sent again. `reason` says in words why, and what to do.
 */
export type ModelOutcome = CallFacts &
  (
    | { readonly outcome: "replied"; readonly reply: ModelReply }
    | { readonly outcome: "refused"; readonly fault: RefusedFault; readonly reason: string }
    | { readonly outcome: "lost"; readonly fault: LostFault; readonly reason: string }
  );
