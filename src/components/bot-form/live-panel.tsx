"use client";

import type { ReactNode } from "react";
import { Panel } from "~/components/ui/panel";
import { useBotForm } from "./form-context";
import { isScripted } from "./model-options";
import { ModelSpendPanel } from "./model-spend-panel";
import { PreviewPanel } from "./preview-panel";
import type { PreviewState } from "./run-preview";
import { HindranceList, WorstCasePanel } from "./worst-case-panel";

type LivePanelProps = {
  readonly preview: PreviewState;
  readonly hasFailed: boolean;
  readonly children: ReactNode;
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

/** Beside the form: what its settings mean, and the way to send it. */
export const LivePanel = ({ preview, hasFailed, children }: LivePanelProps) => {
  const form = useBotForm();
  const reading = form.isCurrent ? form.reading : null;
  const isSimulated = isScripted(form.choices.models, reading?.settings);
  return (
    <aside aria-label="What these settings mean" className="grid min-w-0 gap-4 xl:sticky xl:top-4">
      {reading ? <WorstCasePanel worst={reading.worst} capital={reading.capital} /> : <Unread hasFailed={hasFailed} />}
      {reading?.model && (
        <ModelSpendPanel spend={reading.model} isSimulated={isSimulated} userBudget={form.choices.modelBudget} />
      )}
      <HindranceList hindrances={reading?.hindrances ?? []} />
      <PreviewPanel state={preview} />
      {children}
    </aside>
  );
};
