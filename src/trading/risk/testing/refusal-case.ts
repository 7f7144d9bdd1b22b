import type { RuleName } from "../risk-rules";
import type { StoredCheck } from "../basis/stored-check";

/** Rule, measured value, limit and unit; then the reason of the refusal and what would let it pass. */
export type RefusalCase = [RuleName, string | null, string, StoredCheck["unit"], string, string];
