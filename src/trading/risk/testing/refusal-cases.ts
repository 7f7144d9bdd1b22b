import type { RefusalCase } from "./refusal-case";
import { MARKET_REFUSALS } from "./market-refusals";
import { MONEY_REFUSALS } from "./money-refusals";
import { STATE_REFUSALS } from "./state-refusals";

/** What each rule writes where it fails, why it refuses and what would let the wish pass. */
export const REFUSAL_CASES: readonly RefusalCase[] = [...STATE_REFUSALS, ...MARKET_REFUSALS, ...MONEY_REFUSALS];
