"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { v7 as uuidv7 } from "uuid";
import { ConfirmDialog } from "~/components/ui/confirm-dialog";
import { Field } from "~/components/ui/field";
import type { AccountRow, FlowKind } from "~/contracts/accounts-view";
import { describeFailure } from "~/trpc/describe-failure";
import { useTRPC } from "~/trpc/react";
import { previewFlow } from "./preview-flow";

const WORDS: Readonly<Record<FlowKind, { title: (name: string) => string; confirm: string; effect: string }>> = {
  deposit: {
    title: (name) => `Deposit into ${name}`,
    confirm: "Deposit",
    effect: "Paper money that can be allotted to bots. No bot has more by it until then, and it counts as no profit.",
  },
  withdrawal: {
    title: (name) => `Withdraw from ${name}`,
    confirm: "Withdraw",
    effect: "Takes paper money out that no bot has. No bot has less by it, and it counts as no loss.",
  },
};

type MoveDialogProps = { readonly account: AccountRow; readonly kind: FlowKind; readonly onClose: () => void };

/** Says what a deposit or a withdrawal leaves, and asks for it. */
export const MoveDialog = ({ account, kind, onClose }: MoveDialogProps) => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  // One key for the dialog: a second click, or a try again after a lost answer, moves no money twice.
  const [key] = useState(() => uuidv7());
  const [typed, setTyped] = useState("");
  const on = {
    onSuccess: async () => {
      onClose();
      await queryClient.invalidateQueries({ queryKey: trpc.accounts.list.queryKey() });
    },
  };
  const deposit = useMutation(trpc.accounts.deposit.mutationOptions(on));
  const withdraw = useMutation(trpc.accounts.withdraw.mutationOptions(on));
  const move = kind === "deposit" ? deposit : withdraw;
  const preview = previewFlow(account, { kind, typed });
  const words = WORDS[kind];
  return (
    <ConfirmDialog
      title={words.title(account.name)}
      confirm={words.confirm}
      isPending={move.isPending}
      isReady={preview.isReady}
      error={move.error ? describeFailure(move.error) : null}
      onConfirm={() => {
        if (!move.isPending && preview.isReady) move.mutate({ key, accountId: account.id, amount: typed.trim() });
      }}
      onClose={onClose}
    >
      <p>{words.effect}</p>
      <Field
        label={`Amount, ${account.currency}`}
        name="amount"
        inputMode="decimal"
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        hint={<span role="status">{preview.text}</span>}
      />
    </ConfirmDialog>
  );
};
