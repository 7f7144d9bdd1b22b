"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { v7 as uuidv7 } from "uuid";
import type { CommandView } from "~/contracts/command-view";
import type { Command } from "~/trading/steering/command";
import { errorWords } from "~/trpc/error-words";
import { useTRPC } from "~/trpc/react";
import { askedBy, type AskedId } from "./asked-id";

/** Why a command came to nothing, as a sentence; null: it did not. */
export const refusalOf = (command: CommandView | undefined): string | null =>
  command?.state === "refused" && command.reason !== null
    ? `Not done: ${command.reason.charAt(0).toLowerCase()}${command.reason.slice(1)}.`
    : null;

/**
 * Asks one command of a bot. Its id is made with the dialog that asks, so that a second click, and a try again after a
 * lost answer, is the same command; one that was answered, or says something else by then, is asked anew.
 */
export const useCommand = (botId: string, onDone: () => void) => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [asked, setAsked] = useState<AskedId>(() => ({ id: uuidv7(), text: null }));
  const mutation = useMutation(
    trpc.commands.ask.mutationOptions({
      onSuccess: async (command) => {
        setAsked({ id: uuidv7(), text: null });
        if (command.state !== "refused") onDone();
        await queryClient.invalidateQueries();
      },
    }),
  );
  return {
    ask: (command: Command) => {
      if (mutation.isPending) return;
      const next = askedBy(asked, JSON.stringify(command), uuidv7);
      setAsked(next);
      mutation.mutate({ commandId: next.id, botId, command });
    },
    isPending: mutation.isPending,
    error: errorWords(mutation.error) ?? refusalOf(mutation.data),
  };
};
