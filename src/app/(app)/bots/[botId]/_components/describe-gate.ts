import type { Tone } from "~/components/ui/badge";
import type { DecisionRow } from "~/contracts/bot-detail";
import { refusalTitle, resizeTitle } from "~/trading/risk/describe-refusal";

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

type Said = Pick<DecisionRow, "outcome" | "rule" | "verdictText">;

const labelOf = ({ outcome, rule }: Said): string | null => {
  if (rule === null) return null;
  return outcome === "resized" ? resizeTitle(rule) : refusalTitle(rule);
};

/** What the risk gate said of a decision; null where there was nothing to check. */
export const describeGate = (said: Said): GateWords | null =>
  said.outcome === null ? null : { ...OUTCOMES[said.outcome], label: labelOf(said), text: said.verdictText };
