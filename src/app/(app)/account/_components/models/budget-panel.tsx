"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import { formatAmount } from "~/components/format/format-amount";
import { formatDollars } from "~/components/format/format-dollars";
import { Field } from "~/components/ui/field";
import { FormError } from "~/components/ui/form-error";
import { Panel } from "~/components/ui/panel";
import { textOf, useSubmission } from "~/components/ui/use-submission";
import type { ModelAccount } from "~/contracts/model-account";
import { describeFailure } from "~/trpc/describe-failure";
import { useTRPC } from "~/trpc/react";

const asked = (calls: number): string =>
  `${formatAmount(String(calls), { digits: 0 })} ${calls === 1 ? "question" : "questions"}`;

type SpentProps = { readonly spent: string; readonly calls: number; readonly children: ReactNode };

const SpentOn = ({ spent, calls, children }: SpentProps) => (
  <li className="flex flex-wrap justify-between gap-x-4 border-t border-line py-1.5">
    {children}
    <span className="figure">
      {formatDollars(spent)} <span className="text-muted">for {asked(calls)}</span>
    </span>
  </li>
);

/** All that was spent today, by what it was spent on. */
const SpentList = ({ bots, onTrials }: Pick<ModelAccount, "bots" | "onTrials">) =>
  bots.length === 0 && onTrials.calls === 0 ? null : (
    <ul aria-label="Spent today on" className="mt-2 text-sm">
      {bots.map(({ id, name, spent, calls }) => (
        <SpentOn key={id} spent={spent} calls={calls}>
          <Link href={`/bots/${id}`} className="link inline-flex min-h-6 min-w-0 items-center break-words">
            {name}
          </Link>
        </SpentOn>
      ))}
      {onTrials.calls > 0 && (
        <SpentOn spent={onTrials.spent} calls={onTrials.calls}>
          <span>Tests of keys and strategies</span>
        </SpentOn>
      )}
    </ul>
  );

/** What all bots of a user together may spend on models a day, and what they spent today. */
export const BudgetPanel = ({ account }: { readonly account: ModelAccount }) => {
  const { budgetPerDay, isUsual, spentToday, callsToday, bots, onTrials } = account;
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const change = useMutation(trpc.models.setBudget.mutationOptions());
  const { error, isPending, onSubmit } = useSubmission({
    send: async (form) => {
      try {
        await change.mutateAsync({ budgetPerDay: textOf(form, "budgetPerDay").trim() });
      } catch (failure) {
        return describeFailure(failure);
      }
      await queryClient.invalidateQueries({ queryKey: trpc.models.account.queryKey() });
      return null;
    },
  });
  return (
    <Panel
      title="Budget for models"
      note="US dollars a day (UTC, real time) for all your bots together. Each bot has a budget of its own within it."
    >
      <p className="text-sm">
        Today: <span className="figure font-semibold">{formatDollars(spentToday)}</span> of{" "}
        <span className="figure">{formatDollars(budgetPerDay)}</span> for {asked(callsToday)}
        {isUsual && ". You have set no budget: it is what everybody gets here"}.
      </p>
      <SpentList bots={bots} onTrials={onTrials} />
      <form method="post" onSubmit={onSubmit} className="mt-3 grid max-w-[24rem] gap-3">
        <FormError id="model-budget-error" error={error} />
        <Field
          key={budgetPerDay}
          label="Budget a day, US dollars"
          name="budgetPerDay"
          inputMode="decimal"
          autoComplete="off"
          defaultValue={budgetPerDay}
          hint="0 lets no bot ask any model. What is set aside for a question under way counts as spent."
        />
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <button type="submit" disabled={isPending} className="button">
            {isPending ? "Changing it…" : "Change the budget"}
          </button>
          <p role="status" className="text-sm">
            {change.isSuccess && "Changed."}
          </p>
        </div>
      </form>
    </Panel>
  );
};
