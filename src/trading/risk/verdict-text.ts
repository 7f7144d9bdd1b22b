import type { StoredCheck } from "./check-texts";
import { resizeReason } from "./describe-refusal";
import { refusalReason } from "./refusal-reason";

/** A verdict as it was stored, also by an older version. `failed`: the first rule that refused; null: none was measured. */
type StoredVerdict = {
  readonly outcome: "approved" | "resized" | "rejected";
  readonly rule: string | null;
  readonly reason: string;
  readonly failed: StoredCheck | null;
};

/** What the gate said, in today's words. */
export const verdictText = ({ outcome, rule, reason, failed }: StoredVerdict): string => {
  if (outcome === "rejected" && failed !== null) return refusalReason(failed);
  return outcome === "resized" && rule !== null ? resizeReason(rule) : reason;
};
