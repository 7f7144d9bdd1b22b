"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { v7 as uuidv7 } from "uuid";
import type { CommandView } from "~/contracts/command-view";
import type { Command } from "~/trading/steering/command";
import { errorWords } from "~/trpc/error-words";
import { useTRPC } from "~/trpc/react";

/** Why a command came to nothing, as a sentence; null: it did not. */
export const refusalOf = (command: CommandView | undefined): string | null =>
  command?.state === "refused" && command.reason !== null
    ? `Not done: ${command.reason.charAt(0).toLowerCase()}${command.reason.slice(1)}.`
    : null;

/**
 * Asks one command of a bot. Its id is made with the dialog that asks, so that a second click, and a try again after a
 * lost answer, is the same command; one that was refused is asked anew.
 */
export const useCommand = (botId: string, onDone: () => void) => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [commandId, setCommandId] = useState(() => uuidv7());
  const mutation = useMutation(
    trpc.commands.ask.mutationOptions({
      onSuccess: async (command) => {
        if (command.state === "refused") setCommandId(uuidv7());
        else onDone();
        await queryClient.invalidateQueries();
      },
    }),
  );
  return {
    ask: (command: Command) => {
      if (!mutation.isPending) mutation.mutate({ commandId, botId, command });
    },
    isPending: mutation.isPending,
    error: errorWords(mutation.error) ?? refusalOf(mutation.data),
  };
};
