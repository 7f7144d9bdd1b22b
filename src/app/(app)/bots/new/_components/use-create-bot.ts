"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { toIssue } from "~/components/bot-form/to-issue";
import type { CreateBot } from "~/contracts/new-bot";
import { useTRPC } from "~/trpc/react";

/** Sends the form. What it made is shown at once; what the server refuses stays until something is changed. */
export const useCreateBot = (onMade: () => void) => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const create = useMutation(
    trpc.bots.create.mutationOptions({
      onSuccess: ({ botId }) => {
        onMade();
        void queryClient.invalidateQueries();
        router.push(`/bots/${botId}`);
        // The band above every page shows the markets of one's accounts.
        router.refresh();
      },
    }),
  );
  const { error } = create;
  return {
    send: (wanted: CreateBot) => create.mutate(wanted),
    // The page of the new bot is on its way: a second click would send again.
    isPending: create.isPending || create.isSuccess,
    message: error && (error.data ? error.message : "The server did not answer. Your entries are kept: try again."),
    issues: error?.data?.fields.map(toIssue) ?? [],
    forget: () => create.reset(),
  };
};
