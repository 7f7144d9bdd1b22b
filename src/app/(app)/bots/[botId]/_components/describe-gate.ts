import type { Tone } from "~/components/ui/badge";
import type { DecisionRow } from "~/contracts/bot-detail";
import { refusalTitle } from "~/trading/risk/describe-refusal";

const OUTCOMES: Record<NonNullable<DecisionRow["outcome"]>, { readonly word: string; readonly tone: Tone }> = {
  approved: { word: "approved", tone: "gain" },
  resized: { word: "made smaller", tone: "warn" },
  rejected: { word: "refused", tone: "loss" },
};

type GateWords = {
  readonly word: string;
  readonly tone: Tone;
  /** The rule that decided, in two or three words; null where none did. */
  readonly label: string | null;
  /** The verdict in full; null where none is stored. */
  readonly text: string | null;
};

/** What the risk gate said of a decision; null where there was nothing to check. */
export const describeGate = ({
  outcome,
  rule,
  verdictText,
}: Pick<DecisionRow, "outcome" | "rule" | "verdictText">): GateWords | null =>
  outcome === null
    ? null
    : { ...OUTCOMES[outcome], label: rule === null ? null : refusalTitle(rule), text: verdictText };
