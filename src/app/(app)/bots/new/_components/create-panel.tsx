"use client";

import { allotmentOf } from "~/components/bot-form/draft";
import { useBotForm } from "~/components/bot-form/form-context";
import { formatAmount } from "~/components/format/format-amount";

type CreatePanelProps = {
  readonly isPending: boolean;
  /** The start that was chosen is being read: the form still has the settings of the one before. */
  readonly isStarting: boolean;
  readonly botsLeft: number;
  readonly onStartOver: () => void;
};

/** What the new bot begins with, and the button that makes it. */
export const CreatePanel = ({ isPending, isStarting, botsLeft, onStartOver }: CreatePanelProps) => {
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
        <button
          type="submit"
          className="button button-primary h-10 grow"
          disabled={isPending || isStarting || botsLeft === 0}
        >
          {isPending ? "Creating…" : isStarting ? "Reading the start…" : "Create bot"}
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
