import { ChevronRight } from "lucide-react";
import type { CycleView } from "~/contracts/cycle-view";
import { StageBox } from "./stage-box";
import { StageEffort, StageName, StageState } from "./stage-state";
import { stageOf, stageOutput, whyNothing } from "./stage-words";

/** Points to the next stage: down in a column, to the right in a row. */
const Arrow = () => (
  <span className="absolute -top-5 left-1/2 -translate-x-1/2 text-line-strong lg:top-1/2 lg:-left-5 lg:translate-x-0 lg:-translate-y-1/2">
    <ChevronRight size={16} aria-hidden="true" className="rotate-90 lg:rotate-0" />
  </span>
);

/** The bar that closes the drawing: equity is recorded whatever the stages did. */
const ClosingBar = ({ cycle }: { readonly cycle: CycleView }) => {
  const stage = stageOf(cycle, "record-equity");
  if (!stage) return null;
  return (
    <div className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-1 rounded-md border border-line bg-panel px-3 py-2 text-sm">
      <StageName cycle={cycle} stage={stage.stage} />
      <StageState cycle={cycle} stage={stage} />
      <span className={stage.state === "done" ? "figure" : "text-muted"}>
        {stage.state === "done" ? stageOutput(cycle, stage) : whyNothing(cycle, stage)}
      </span>
      <span className="flex flex-wrap items-center gap-x-2 text-xs text-muted sm:ml-auto">
        <StageEffort cycle={cycle} stage={stage} />
      </span>
    </div>
  );
};

/** A bot that asks a model has one stage more. */
const COLUMNS: Readonly<Record<number, string>> = { 5: "lg:grid-cols-5", 6: "lg:grid-cols-6" };

/** The cycle, drawn: its stages in a row, each with what went in and came out. */
export const StageFlow = ({ cycle }: { readonly cycle: CycleView }) => {
  const drawn = cycle.stages.filter(({ stage }) => stage !== "record-equity");
  return (
    <section aria-labelledby="stages" className="mt-6">
      <h2 id="stages" className="sr-only">
        The stages
      </h2>
      <ol className={`grid gap-6 ${COLUMNS[drawn.length] ?? ""}`}>
        {drawn.map((stage, index) => (
          <li key={stage.stage} className="relative min-w-0">
            {index > 0 && <Arrow />}
            <StageBox cycle={cycle} stage={stage} />
          </li>
        ))}
      </ol>
      <ClosingBar cycle={cycle} />
    </section>
  );
};
