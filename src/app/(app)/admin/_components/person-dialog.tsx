"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ConfirmDialog } from "~/components/ui/confirm-dialog";
import type { PersonRow } from "~/contracts/people";
import { describeFailure } from "~/trpc/describe-failure";
import { useTRPC } from "~/trpc/react";

export type PersonCommand = "end-sessions" | "block" | "unblock";

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? "" : "s"}`;

const WORDS: Readonly<
  Record<PersonCommand, { readonly title: string; readonly confirm: string; effect(person: PersonRow): string }>
> = {
  "end-sessions": {
    title: "End all sessions of",
    confirm: "End the sessions",
    effect: ({ sessions }) => `${count(sessions, "session")} will end at once. The user can sign in again.`,
  },
  block: {
    title: "Block",
    confirm: "Block",
    effect: ({ sessions, bots }) =>
      `${count(sessions, "session")} will end at once, and the user cannot sign in. ${count(bots, "bot")} will go on as before: nobody else can pause or stop them.`,
  },
  unblock: {
    title: "Unblock",
    confirm: "Unblock",
    effect: () => "The user can sign in again with the same password.",
  },
};

type PersonDialogProps = { readonly person: PersonRow; readonly command: PersonCommand; readonly onClose: () => void };

/** Says what will be done to a user, and does it. */
export const PersonDialog = ({ person, command, onClose }: PersonDialogProps) => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const on = {
    onSuccess: async () => {
      onClose();
      await queryClient.invalidateQueries({ queryKey: trpc.admin.people.queryKey() });
    },
  };
  const end = useMutation(trpc.admin.endSessions.mutationOptions(on));
  const block = useMutation(trpc.admin.blockUser.mutationOptions(on));
  const { isPending, error } = command === "end-sessions" ? end : block;
  const words = WORDS[command];
  const confirm = (): void => {
    if (isPending) return;
    if (command === "end-sessions") end.mutate({ userId: person.id });
    else block.mutate({ userId: person.id, isBlocked: command === "block" });
  };
  return (
    <ConfirmDialog
      title={`${words.title} ${person.email}`}
      confirm={words.confirm}
      isPending={isPending}
      error={error ? describeFailure(error) : null}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>{words.effect(person)}</p>
    </ConfirmDialog>
  );
};
