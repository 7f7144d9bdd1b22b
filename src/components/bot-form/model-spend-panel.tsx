"use client";

import type { ReactNode } from "react";
import { formatDollars } from "~/components/format/format-dollars";
import { Panel } from "~/components/ui/panel";
import { tellBudget, tellCalls, tellUserBudget, tellUsual } from "./model-spend-words";
import type { ShownModelSpend } from "./worker-messages";

type LineProps = { readonly label: string; readonly value: string | null; readonly children?: ReactNode };

const Line = ({ label, value, children }: LineProps) => (
  <div className="grid grid-cols-[1fr_auto] items-baseline gap-x-4 border-t border-line py-1.5 first:border-t-0">
    <dt className="text-sm text-muted">{label}</dt>
    <dd className="figure text-right whitespace-nowrap">{value === null ? "unknown" : formatDollars(value)}</dd>
    {children !== undefined && <dd className="col-span-2 text-sm text-muted">{children}</dd>}
  </div>
);

type Known = Extract<ShownModelSpend, { isKnown: true }>;

const Known = ({ spend, userBudget }: { readonly spend: Known; readonly userBudget: string }) => {
  const budget = tellBudget(spend);
  const ofUser = tellUserBudget(spend, userBudget);
  return (
    <>
      <p className="text-sm">{tellCalls(spend)}</p>
      <dl className="mt-1">
        <Line label="One question, usual" value={spend.usual} />
        <Line label="One question, at most" value={spend.most}>
          So much is set aside before each one.
        </Line>
        <Line label="A month, usual" value={spend.month} />
        <Line label="A month, at most" value={spend.monthMost}>
          30 days of its budget of {formatDollars(spend.budgetPerDay)}.
        </Line>
      </dl>
      {ofUser !== null && <p className="mt-1 text-sm text-warn">{ofUser}</p>}
      {budget !== null && <p className="mt-1 text-sm text-warn">{budget}</p>}
      <p className="mt-1 text-sm text-muted">{tellUsual(spend)}</p>
    </>
  );
};

type ModelSpendPanelProps = {
  readonly spend: ShownModelSpend;
  readonly isSimulated: boolean;
  /** What all bots of the trader together may spend a day. */
  readonly userBudget: string;
};

/** What the bot's model may cost a month of real time, at its market's speed. */
export const ModelSpendPanel = ({ spend, isSimulated, userBudget }: ModelSpendPanelProps) => (
  <Panel
    title="What its model costs"
    note={
      isSimulated
        ? "A scripted model at a simulated price: nobody is paid."
        : "In US dollars of real time, paid to the vendor, beside the bot's money. A month has 30 days."
    }
  >
    {spend.isKnown ? (
      <Known spend={spend} userBudget={userBudget} />
    ) : (
      <p className="text-sm text-warn">{spend.reason}</p>
    )}
  </Panel>
);
