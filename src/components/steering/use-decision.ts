"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { v7 as uuidv7 } from "uuid";
import type { CommandView } from "~/contracts/command-view";
import { errorWords } from "~/trpc/error-words";
import { useTRPC } from "~/trpc/react";
import { refusalOf } from "./use-command";

/**
 * Accepts or declines one proposal. Each word has one id, so that a second click, and a try again after a lost answer, is
 * the same; one that was refused is asked anew.
 */
export const useDecision = (proposalId: string, onAnswer: (command: CommandView) => void) => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [commandId, setCommandId] = useState(() => uuidv7());
  const onSuccess = async (command: CommandView): Promise<void> => {
    setCommandId(uuidv7());
    onAnswer(command);
    await queryClient.invalidateQueries();
  };
  const accept = useMutation(trpc.proposals.accept.mutationOptions({ onSuccess }));
  const decline = useMutation(trpc.proposals.decline.mutationOptions({ onSuccess }));
  const isPending = accept.isPending || decline.isPending;
  const answer = accept.data ?? decline.data;
  return {
    accept: () => {
      if (!isPending) accept.mutate({ commandId, proposalId });
    },
    decline: () => {
      if (!isPending) decline.mutate({ commandId, proposalId });
    },
    isPending,
    error: errorWords(accept.error) ?? errorWords(decline.error) ?? refusalOf(answer),
  };
};
