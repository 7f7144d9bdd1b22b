"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { v7 as uuidv7 } from "uuid";
import { ConfirmDialog } from "~/components/ui/confirm-dialog";
import type { BotTotals } from "~/contracts/bot-list";
import { errorWords } from "~/trpc/error-words";
import { useTRPC } from "~/trpc/react";

type StopProps = { readonly totals: BotTotals; readonly onClose: () => void };

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;

const StopDialog = ({ totals, onClose }: StopProps) => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  // One id for the dialog: a second click, or a try again after a lost answer, goes on with the same commands.
  const [commandId] = useState(() => uuidv7());
  const stop = useMutation(
    trpc.commands.stopEverything.mutationOptions({
      onSuccess: async () => {
        onClose();
        await queryClient.invalidateQueries();
      },
    }),
  );
  const { stoppable: running, openPositions: held } = totals;
  return (
    <ConfirmDialog
      title="Stop everything and close"
      confirm="Stop everything and close"
      isReady={running > 0 || held > 0}
      isDangerous
      isPending={stop.isPending}
      error={errorWords(stop.error)}
      onConfirm={() => {
        if (!stop.isPending) stop.mutate({ commandId });
      }}
      onClose={onClose}
    >
      <p>
        {running === 0 ? "No bot runs." : `Stops ${counted(running, "bot")}: none of them opens anything any more.`}{" "}
        {held === 0
          ? "Nothing is held."
          : `Closes ${counted(held, "open position")} at the open of the next candle, with spread, impact and fees.`}
      </p>
      <p>A bot that a cycle has at this moment is stopped when that ends. Each bot can be resumed by itself.</p>
    </ConfirmDialog>
  );
};

/** The panic button: stops all of a user's bots and closes what they hold. */
export const StopEverything = ({ totals }: { readonly totals: BotTotals }) => {
  const [isAsked, setAsked] = useState(false);
  return (
    <>
      <button type="button" className="button border-loss text-loss" onClick={() => setAsked(true)}>
        Stop everything and close
      </button>
      {isAsked && <StopDialog totals={totals} onClose={() => setAsked(false)} />}
    </>
  );
};
