import type { CommonReason } from "../../basis/reason-codes";
import type { TrinityExitRule } from "./trinity-exits";

/** Why Trinity holds or opens, and the exits that it calls its own. */
export type TrinityReason =
  CommonReason | "tie" | "no-trigger" | "score-below-minimum" | "exit-rule-holds" | `exit-${TrinityExitRule}`;
