"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { v7 as uuidv7 } from "uuid";
import { CYCLE_HAS_BOT, type AllotmentChange } from "~/contracts/allotment";
import { describeFailure } from "~/trpc/describe-failure";
import { useTRPC } from "~/trpc/react";
import { ConfirmDialog } from "../ui/confirm-dialog";
import { Field } from "../ui/field";
import { AllotmentFacts } from "./allotment-facts";
import { ChangeChoice } from "./change-choice";
import { previewAllotment } from "./preview-allotment";

const TRIES_MAX = 10;
const RETRY_MS = 500;

/** A cycle takes a moment: the same form is sent again, and moves money once. */
const retry = (tries: number, { message }: { readonly message: string }): boolean =>
  tries < TRIES_MAX && message.includes(CYCLE_HAS_BOT);

type ChangeAllotmentDialogProps = { readonly botId: string; readonly name: string; readonly onClose: () => void };

/** Says what a bot is allotted, what can be changed of it and what that leaves, and asks for it. */
export const ChangeAllotmentDialog = ({ botId, name, onClose }: ChangeAllotmentDialogProps) => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  // One key for the dialog: a second click, or a try again after a lost answer, moves no money twice.
  const [key] = useState(() => uuidv7());
  const [change, setChange] = useState<AllotmentChange>("give");
  const [typed, setTyped] = useState("");
  // Other bots of the account change what is free too, and nothing says so to this one.
  const reading = { ...trpc.accounts.allotment.queryOptions({ botId }), refetchOnMount: "always" as const };
  const { data: view, error } = useQuery(reading);
  const move = useMutation(
    trpc.accounts.changeAllotment.mutationOptions({
      retry,
      retryDelay: RETRY_MS,
      onSuccess: onClose,
      // What was refused was judged by other figures than those shown.
      onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.accounts.pathKey() }),
    }),
  );
  const preview = view ? previewAllotment(view, { change, typed }) : { isReady: false, text: "" };
  const failure = move.error ?? error;
  return (
    <ConfirmDialog
      title={`Change the allotment of ${name}`}
      confirm="Change the allotment"
      isPending={move.isPending}
      isReady={preview.isReady}
      error={failure ? describeFailure(failure) : null}
      onConfirm={() => {
        if (!move.isPending && preview.isReady) move.mutate({ key, botId, change, amount: typed.trim() });
      }}
      onClose={onClose}
    >
      <p>Money moves between the bot and its account. It counts as no profit, no loss and no drawdown.</p>
      {view ? <AllotmentFacts view={view} /> : <p role="status">Reading what it is allotted…</p>}
      <ChangeChoice value={change} onChoose={setChange} />
      <Field
        label={`Amount, ${view?.currency ?? "USDT"}`}
        name="amount"
        inputMode="decimal"
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        hint={
          <span role="status" className="block min-h-10">
            {preview.text}
          </span>
        }
      />
    </ConfirmDialog>
  );
};
