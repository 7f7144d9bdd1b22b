import type { CycleView } from "~/contracts/cycle-view";
import { CycleSection } from "./cycle-section";
import { isJudged } from "./risk-check-view";
import { sortDecisions } from "./sort-decisions";
import { VerdictCard } from "./verdict-card";

/** What the risk gate said to each wish, rule by rule. */
export const RiskSection = ({ cycle }: { readonly cycle: CycleView }) => {
  const judged = sortDecisions(cycle.decisions).filter(isJudged);
  return (
    <CycleSection
      cycle={cycle}
      stage="apply-risk"
      note="The risk gate checks every decision to open or close against all risk rules, on the bot's books at that moment. The first rule that fails refuses it."
      isFlush
    >
      {judged.length === 0
        ? null
        : judged.map((decision) => (
            <VerdictCard
              key={decision.id}
              decision={decision}
              isOpen={decision.verdict.outcome !== "approved" || judged.length === 1}
            />
          ))}
    </CycleSection>
  );
};
