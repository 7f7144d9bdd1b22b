import type { Decision } from "./decision";

/** A decision with its market: a pair may be listed on spot and as a swap, so the pair alone does not name a market. */
export type MarketDecision = { readonly marketId: number; readonly decision: Decision };
