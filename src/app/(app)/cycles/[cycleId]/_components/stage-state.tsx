import { Check, CircleDashed, Loader, Minus, X } from "lucide-react";
import { formatDuration } from "~/components/format/format-time";
import { Badge } from "~/components/ui/badge";
import type { CycleView, StageView } from "~/contracts/cycle-view";
import { hasBegun, isBrokenOff, isLook, STAGE_NAMES } from "./stage-words";

type StageProps = { readonly cycle: CycleView; readonly stage: StageView };

const LOOKS = {
  done: { word: "Done", tone: "text-gain", Icon: Check },
  running: { word: "Running", tone: "text-accent", Icon: Loader },
  "not-needed": { word: "Not needed", tone: "text-muted", Icon: Minus },
  "not-reached": { word: "Not reached", tone: "text-muted", Icon: CircleDashed },
  broken: { word: "Ended here", tone: "text-loss", Icon: X },
} as const;

/** Whether a stage ran: by icon, word and colour. */
export const StageState = ({ cycle, stage }: StageProps) => {
  const { word, tone, Icon } = LOOKS[isBrokenOff(cycle, stage) ? "broken" : stage.state];
  return (
    <span className={`inline-flex items-center gap-1 text-xs font-semibold whitespace-nowrap ${tone}`}>
      <Icon size={14} aria-hidden="true" />
      {word}
    </span>
  );
};

type StageNameProps = { readonly cycle: CycleView; readonly stage: StageView["stage"] };

/** A stage by its name, as a link to its section where there is one. */
export const StageName = ({ cycle, stage }: StageNameProps) => {
  const { name, anchor } = STAGE_NAMES[stage];
  const shape = "inline-flex min-h-6 items-center font-semibold";
  return hasBegun(cycle) ? (
    <a href={`#${anchor}`} className={`link ${shape}`}>
      {name}
    </a>
  ) : (
    <span className={shape}>{name}</span>
  );
};

/** How long a stage took and how often it was tried, as far as that is known; a look does all stages at once. */
export const StageEffort = ({ cycle, stage: { durationMs, attempts, recovered } }: StageProps) =>
  isLook(cycle) ? (
    <span>in one look</span>
  ) : (
    <>
      <span className="figure">{durationMs === null ? "" : formatDuration(durationMs)}</span>
      {attempts !== null && <span>{attempts === 1 ? "first attempt" : `${attempts} attempts`}</span>}
      {recovered !== null && (
        <span title={recovered}>
          <Badge tone="warn">Recovered after a crash</Badge>
        </span>
      )}
    </>
  );
