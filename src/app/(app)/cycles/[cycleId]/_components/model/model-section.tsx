import type { CycleView } from "~/contracts/cycle-view";
import type { CycleModel } from "~/contracts/model-view";
import { CycleSection } from "../cycle-section";
import { stageOf } from "../stage-words";
import { ModelCall } from "./model-call";

const STAGE = "ask-model";
const NOTE =
  "A model proposes, and the code decides: each number that it cites is compared with what it was told, and what it wants goes through the same risk gate as everything else.";

type ModelSectionProps = { readonly cycle: CycleView; readonly model: CycleModel };

/** What was asked of a language model and what it answered; nothing where the bot asks none. */
export const ModelSection = ({ cycle, model: { calls, held } }: ModelSectionProps) => {
  const isEmpty = calls.length === 0 && held === null;
  if (isEmpty && stageOf(cycle, STAGE) === undefined) return null;
  return (
    <CycleSection cycle={cycle} stage={STAGE} note={NOTE} isFlush>
      {isEmpty ? null : (
        <>
          {held !== null && <p className="border-t border-line px-4 py-3 text-sm">{held}</p>}
          {calls.map((call) => (
            <ModelCall key={call.id} call={call} isHistory={cycle.isHistory} />
          ))}
        </>
      )}
    </CycleSection>
  );
};
