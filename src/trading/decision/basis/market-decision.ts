import type { Decision } from "./decision";

/** A decision and the market that it is about: a pair may be listed as spot and as swap, so it names no market. */
export type MarketDecision = { readonly marketId: number; readonly decision: Decision };
