"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { ForeignWords } from "~/components/foreign/foreign-text";
import { formatDollars } from "~/components/format/format-dollars";
import { ConfirmDialog } from "~/components/ui/confirm-dialog";
import type { AccountProvider, TestedModel } from "~/contracts/model-account";
import { errorWords } from "~/trpc/error-words";
import { useTRPC } from "~/trpc/react";

type Model = AccountProvider["models"][number];

const costWords = (most: string | null | undefined): string => {
  if (most === undefined) return "It runs on a machine of your own: nobody is paid.";
  if (most === null) return "What it costs is not known, so it is not asked.";
  return Number(most) === 0
    ? "It costs nothing."
    : `It costs at most ${formatDollars(most)}, from your budget of today.`;
};

type ModelInputProps = {
  readonly provider: AccountProvider;
  readonly model: string;
  readonly onChange: (model: string) => void;
};

const ModelInput = ({ provider, model, onChange }: ModelInputProps) => {
  const id = useId();
  const common = { id, className: "field", value: model };
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="font-semibold">
        Model
      </label>
      {provider.models.length > 0 ? (
        <select {...common} onChange={({ target }) => onChange(target.value)}>
          {provider.models.map((each) => (
            <option key={each.id}>{each.id}</option>
          ))}
        </select>
      ) : (
        <input {...common} autoCapitalize="off" spellCheck={false} onChange={({ target }) => onChange(target.value)} />
      )}
    </div>
  );
};

const Outcome = ({ tested: { isPassed, text, cost } }: { readonly tested: TestedModel }) => (
  <p role="status" className={isPassed ? "text-gain" : "text-loss"}>
    <strong>{isPassed ? "It can be used." : "It cannot be used."}</strong> <ForeignWords text={text} />{" "}
    {cost === null ? "Nothing was paid." : `It cost ${formatDollars(cost)}.`}
  </p>
);

type TestDialogProps = { readonly provider: AccountProvider; readonly onClose: () => void };

/** Asks a model one small question with one right answer, by the key that is kept. Says first what that costs. */
export const TestDialog = ({ provider, onClose }: TestDialogProps) => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [model, setModel] = useState(provider.models[0]?.id ?? "");
  const known: Model | undefined = provider.models.find(({ id }) => id === model);
  const most = known ? known.most : provider.takesAny ? undefined : null;
  const test = useMutation(
    trpc.models.test.mutationOptions({
      onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.models.account.queryKey() }),
    }),
  );
  return (
    <ConfirmDialog
      title={`Test ${provider.title}`}
      confirm={test.data ? "Ask it again" : "Ask it"}
      isPending={test.isPending}
      isReady={model !== "" && most !== null}
      error={errorWords(test.error)}
      onConfirm={() => test.mutate({ provider: provider.provider, model })}
      onClose={onClose}
    >
      <p>
        It is asked one small question about a made-up table, in the form in which bots ask. Nothing is traded.{" "}
        {costWords(most)}
      </p>
      <ModelInput provider={provider} model={model} onChange={setModel} />
      {test.data && <Outcome tested={test.data} />}
    </ConfirmDialog>
  );
};
