import type { CycleView, StageView } from "~/contracts/cycle-view";
import { StageEffort, StageName, StageState } from "./stage-state";
import { stageInput, stageOutput, whyNothing } from "./stage-words";

type StageProps = { readonly cycle: CycleView; readonly stage: StageView };

const InOut = ({ name, children }: { readonly name: string; readonly children: string }) => (
  <div className="grid grid-cols-[2rem_1fr] gap-x-2">
    <dt className="text-muted">{name}</dt>
    <dd className="min-w-0">{children}</dd>
  </div>
);

/** One stage of the drawing: its state, what went in, what came out, how long it took. */
export const StageBox = ({ cycle, stage }: StageProps) => {
  const isDone = stage.state === "done";
  return (
    <div
      className={`flex h-full flex-col gap-2 rounded-md border bg-panel p-3 ${isDone ? "border-line-strong" : "border-line"}`}
    >
      <div className="flex flex-wrap items-center justify-between gap-x-2">
        <StageName cycle={cycle} stage={stage.stage} />
        <StageState cycle={cycle} stage={stage} />
      </div>
      {isDone ? (
        <dl className="grid gap-1 text-sm">
          <InOut name="In">{stageInput(cycle, stage.stage)}</InOut>
          <InOut name="Out">{stageOutput(cycle, stage) ?? "—"}</InOut>
        </dl>
      ) : (
        <p className="text-sm text-muted">{whyNothing(cycle, stage)}</p>
      )}
      {isDone && (
        <p className="mt-auto flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted">
          <StageEffort cycle={cycle} stage={stage} />
        </p>
      )}
    </div>
  );
};
