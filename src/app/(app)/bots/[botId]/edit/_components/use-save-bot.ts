"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { toIssue } from "~/components/bot-form/to-issue";
import type { EditBot } from "~/contracts/edit-bot";
import { useTRPC } from "~/trpc/react";

/** Saves the form. What it changed is shown at once; what the server refuses stays until something is changed. */
export const useSaveBot = (botId: string, onSaved: () => void) => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const edit = useMutation(
    trpc.bots.edit.mutationOptions({
      onSuccess: () => {
        onSaved();
        void queryClient.invalidateQueries();
        router.push(`/bots/${botId}?view=settings`);
        router.refresh();
      },
    }),
  );
  const { error } = edit;
  return {
    send: (wanted: EditBot) => edit.mutate(wanted),
    // The bot's page is on its way: a second click would send again.
    isPending: edit.isPending || edit.isSuccess,
    message: error && (error.data ? error.message : "The server did not answer. Your entries are kept: try again."),
    issues: error?.data?.fields.map(toIssue) ?? [],
    forget: () => edit.reset(),
  };
};
