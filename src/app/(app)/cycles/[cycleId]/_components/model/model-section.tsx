import { Panel } from "~/components/ui/panel";
import type { CycleModel } from "~/contracts/model-view";
import { ModelCall } from "./model-call";

const NOTE =
  "A model proposes, and the code decides: each number that it cites is compared with what it was told, and what it wants goes through the same risk gate as everything else.";

/** What was asked of a language model and what it answered; nothing where the bot asks none. */
export const ModelSection = ({ model: { calls, held } }: { readonly model: CycleModel }) => {
  if (calls.length === 0 && held === null) return null;
  return (
    <div id="model" className="min-w-0 scroll-mt-4">
      <Panel title="Model: what it was asked and answered" note={NOTE} isFlush>
        {held !== null && <p className="border-t border-line px-4 py-3 text-sm">{held}</p>}
        {calls.map((call) => (
          <ModelCall key={call.id} call={call} />
        ))}
      </Panel>
    </div>
  );
};
