import type { StoredCheck } from "./basis/stored-check";
import { describeResize } from "./describe-refusal";
import { describeFailedCheck } from "./describe-failed-check";

/** A verdict stored by this or an older version. `failed`: the first rule that refused; null: none was measured. */
type StoredVerdict = {
  readonly outcome: "approved" | "resized" | "rejected";
  readonly rule: string | null;
  readonly reason: string;
  readonly failed: StoredCheck | null;
  /** Whether any of its checks exempted the control. */
  readonly isExempt: boolean;
};

/** Added to the reason of a verdict on the control, so that exemptions are visible. */
export const EXEMPTION = "; as the control it is exempt from the rules about stops and losses";

/** What the gate said, in this version's words. */
export const describeVerdict = ({ outcome, rule, reason, failed, isExempt }: StoredVerdict): string => {
  if (outcome === "rejected" && failed !== null) return describeFailedCheck(failed);
  if (outcome !== "resized" || rule === null) return reason;
  return `${describeResize(rule)}${isExempt ? EXEMPTION : ""}`;
};
