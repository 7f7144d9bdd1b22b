import type { RefusalCase } from "./refusal-case";
import { MARKET_REFUSALS } from "./market-refusals";
import { MONEY_REFUSALS } from "./money-refusals";
import { STATE_REFUSALS } from "./state-refusals";

/** For each rule that fails: what its check stores, why it refuses and what would let the entry pass. */
export const REFUSAL_CASES: readonly RefusalCase[] = [...STATE_REFUSALS, ...MARKET_REFUSALS, ...MONEY_REFUSALS];
