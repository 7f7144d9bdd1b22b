import type { ReactNode } from "react";
import { Panel } from "~/components/ui/panel";
import type { CycleView, StageView } from "~/contracts/cycle-view";
import { StageState } from "./stage-state";
import { STAGE_NAMES, stageOf, whyNothing } from "./stage-words";

type CycleSectionProps = {
  readonly cycle: CycleView;
  readonly stage: StageView["stage"];
  readonly note?: ReactNode;
  readonly isFlush?: boolean;
  /** Null: there is nothing to show, and the stage says why. */
  readonly children: ReactNode;
};

/** What went into one stage and came out of it; its box in the drawing links here. */
export const CycleSection = ({ cycle, stage, note, isFlush, children }: CycleSectionProps) => {
  const { anchor, title } = STAGE_NAMES[stage];
  const seen = stageOf(cycle, stage);
  return (
    <div id={anchor} className="min-w-0 scroll-mt-4">
      {children === null ? (
        <Panel title={title}>
          <p className="flex flex-wrap items-center gap-x-3 text-sm text-muted">
            {seen && <StageState cycle={cycle} stage={seen} />}
            {whyNothing(cycle, seen)}
          </p>
        </Panel>
      ) : (
        <Panel title={title} note={note} isFlush={isFlush ?? false}>
          {children}
        </Panel>
      )}
    </div>
  );
};
