import type { StoredCheck } from "./basis/stored-check";
import { describeResize } from "./describe-refusal";
import { describeFailedCheck } from "./describe-failed-check";

/** A verdict as it was stored, also by an older version. `failed`: the first rule that refused; null: none was measured. */
type StoredVerdict = {
  readonly outcome: "approved" | "resized" | "rejected";
  readonly rule: string | null;
  readonly reason: string;
  readonly failed: StoredCheck | null;
  /** Whether any of its checks let the control pass without being measured. */
  readonly isExempt: boolean;
};

/** Ends the reason of a verdict that let the control pass: not silently. */
export const EXEMPTION = "; as the control it is exempt from the rules about stops and losses";

/** What the gate said, in today's words. */
export const describeVerdict = ({ outcome, rule, reason, failed, isExempt }: StoredVerdict): string => {
  if (outcome === "rejected" && failed !== null) return describeFailedCheck(failed);
  if (outcome !== "resized" || rule === null) return reason;
  return `${describeResize(rule)}${isExempt ? EXEMPTION : ""}`;
};
