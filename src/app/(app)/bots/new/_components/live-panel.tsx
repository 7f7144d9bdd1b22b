"use client";

import { formatAmount } from "~/components/format/format-amount";
import { Panel } from "~/components/ui/panel";
import { allotmentOf } from "./draft";
import { useBotForm } from "./form-context";
import { PreviewPanel } from "./preview-panel";
import type { PreviewState } from "./use-bot-worker";
import { HindranceList, WorstCasePanel } from "./worst-case-panel";

type LivePanelProps = {
  readonly preview: PreviewState;
  readonly hasFailed: boolean;
  readonly isPending: boolean;
  readonly botsLeft: number;
  readonly onStartOver: () => void;
};

const unreadText = (hasFailed: boolean, isAtFault: boolean): string => {
  if (hasFailed) return "Unknown: this browser could not read the settings. The server checks them.";
  return isAtFault ? "It is worked out again once the entries are corrected." : "Reading the settings…";
};

const Unread = ({ hasFailed }: { readonly hasFailed: boolean }) => {
  const { issues } = useBotForm();
  return (
    <Panel title="At the worst">
      <p className="text-sm text-muted">{unreadText(hasFailed, issues.length > 0)}</p>
    </Panel>
  );
};

const CreatePanel = ({
  isPending,
  botsLeft,
  onStartOver,
}: Pick<LivePanelProps, "isPending" | "botsLeft" | "onStartOver">) => {
  const { draft, issues } = useBotForm();
  const amount = allotmentOf(draft);
  const money = /^\d+(\.\d+)?$/.test(amount) ? `${formatAmount(amount)} USDT of paper money` : "paper money";
  return (
    <section aria-label="Create" className="rounded-md border border-line bg-panel px-4 py-3 xl:order-first">
      <p className="mb-3 text-sm text-muted">
        {issues.length === 0
          ? `It begins with ${money} at its next slot, and shows each decision from then on.`
          : `${issues.length} ${issues.length === 1 ? "entry needs" : "entries need"} your attention.`}
      </p>
      <div className="flex flex-wrap gap-2">
        <button type="submit" className="button button-primary h-10 grow" disabled={isPending || botsLeft === 0}>
          {isPending ? "Creating…" : "Create bot"}
        </button>
        <button type="button" className="button h-10" onClick={onStartOver}>
          Start over
        </button>
      </div>
      {botsLeft === 0 && (
        <p className="mt-2 text-sm text-warn">You have as many bots as one user may have: archive one first.</p>
      )}
    </section>
  );
};

/** Beside the form: what its settings mean, and the way to make the bot. */
export const LivePanel = ({ preview, hasFailed, ...create }: LivePanelProps) => {
  const form = useBotForm();
  const reading = form.isCurrent ? form.reading : null;
  return (
    <aside aria-label="What these settings mean" className="grid min-w-0 gap-4 xl:sticky xl:top-4">
      {reading ? <WorstCasePanel worst={reading.worst} capital={reading.capital} /> : <Unread hasFailed={hasFailed} />}
      <HindranceList hindrances={reading?.hindrances ?? []} />
      <PreviewPanel state={preview} />
      <CreatePanel {...create} />
    </aside>
  );
};
