import type { CycleView } from "~/contracts/cycle-view";
import { CycleSection } from "./cycle-section";
import { DecisionCard } from "./decision-card";
import { sortDecisions } from "./sort-decisions";

/** What the bot wanted for each pair, with every condition that it read. The first one is open. */
export const DecisionSection = ({ cycle }: { readonly cycle: CycleView }) => {
  const decisions = sortDecisions(cycle.decisions);
  return (
    <CycleSection
      cycle={cycle}
      stage="make-decisions"
      note="One for each pair, decisions to open or close first. Expand one to see every condition it read."
      isFlush
    >
      {decisions.length === 0
        ? null
        : decisions.map((decision, index) => (
            <DecisionCard key={decision.id} decision={decision} words={cycle.evidenceWords} isOpen={index === 0} />
          ))}
    </CycleSection>
  );
};
