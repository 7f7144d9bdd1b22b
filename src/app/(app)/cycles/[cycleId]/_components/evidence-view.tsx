import type { PairDecision } from "~/contracts/cycle-view";
import type { EvidenceWords } from "~/trading/decision/basis/evidence-words";
import { EvidenceTable } from "./evidence-table";
import { anchorOf } from "./sort-decisions";

const SIDES = ["long", "short"] as const;

type EvidenceViewProps = { readonly decision: PairDecision; readonly words: EvidenceWords };

/** What a model cites: it adds up to no score, and stands beside what the model was told in the model's own section. */
const CITED = "cited";

type Evidence = NonNullable<PairDecision["evidence"]>;

/** Whether it is a model's, which scores no sides. */
export const isCited = (evidence: Evidence): boolean =>
  evidence.length > 0 && evidence.every(({ category }) => category === CITED);

const Cited = ({ pair, evidence }: { readonly pair: string; readonly evidence: Evidence }) => (
  <p className="text-sm text-muted">
    {evidence.filter(({ met }) => met === true).length} of {evidence.length} numbers that it cites are as the model was
    told.{" "}
    <a href={`#${anchorOf("evidence", pair)}`} className="link inline-flex min-h-6 items-center">
      Each of them
    </a>{" "}
    is shown with the model&apos;s answer.
  </p>
);

/** Every condition that the mode read for a pair, both sides beside each other. */
export const EvidenceView = ({ decision, words }: EvidenceViewProps) => {
  const { pair, evidence, scores, priceDigits } = decision;
  if (evidence === null) {
    return (
      <p className="text-sm text-muted">
        The conditions are no longer stored: an earlier version deleted them after 30 days. The decision and its reason
        are kept.
      </p>
    );
  }
  if (evidence.length === 0) {
    return <p className="text-sm text-muted">This decision read no market condition.</p>;
  }
  if (isCited(evidence)) return <Cited pair={pair} evidence={evidence} />;
  return (
    <div>
      <p className="mb-2 text-sm text-muted">{words.note} Unknown is not unmet: the data lacks it.</p>
      <div className="grid gap-4 xl:grid-cols-2">
        {SIDES.map((side) => (
          <EvidenceTable
            key={side}
            pair={pair}
            side={side}
            evidence={evidence.filter((line) => line.side === side)}
            score={scores[side]}
            telling={{ words, priceDigits }}
          />
        ))}
      </div>
    </div>
  );
};
