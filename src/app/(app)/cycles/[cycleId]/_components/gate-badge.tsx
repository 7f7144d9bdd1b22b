import { Badge, type Tone } from "~/components/ui/badge";
import { describeRefusal, resizeTitle } from "~/trading/risk/describe-refusal";
import type { VerdictView } from "./risk-check-view";

const OUTCOMES: Record<VerdictView["outcome"], { readonly word: string; readonly tone: Tone }> = {
  approved: { word: "Approved", tone: "gain" },
  resized: { word: "Made smaller", tone: "warn" },
  rejected: { word: "Refused", tone: "loss" },
};

/** What the risk gate said, with the rule that decided it. */
export const GateBadge = ({ verdict: { outcome, rule } }: { readonly verdict: VerdictView }) => {
  const { word, tone } = OUTCOMES[outcome];
  return (
    <Badge tone={tone}>
      {rule === null ? word : `${word}: ${outcome === "rejected" ? describeRefusal(rule) : resizeTitle(rule)}`}
    </Badge>
  );
};
