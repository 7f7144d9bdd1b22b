"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { v7 as uuidv7 } from "uuid";
import type { TriedSettings, TriedStrategy } from "~/contracts/strategy-trial";
import { errorWords } from "~/trpc/error-words";
import { useTRPC } from "~/trpc/react";

/** `by`: the settings that it was asked by. */
export type Trial = { readonly tried: TriedStrategy; readonly by: TriedSettings };

/**
 * Asks one past question once more. A trial has one id until it was answered, so that one that is sent again after a lost
 * answer is not paid twice.
 */
export const useTrial = (botId: string, callId: string) => {
  const trpc = useTRPC();
  const [trialId, setTrialId] = useState(() => uuidv7());
  const { mutate, data, variables, isPending, error } = useMutation(
    trpc.models.tryStrategy.mutationOptions({
      onSuccess: ({ cost }) => {
        if (cost !== null) setTrialId(uuidv7());
      },
    }),
  );
  const trial: Trial | null = data && variables ? { tried: data, by: variables.decision as TriedSettings } : null;
  return {
    trial: isPending ? null : trial,
    isPending,
    error: errorWords(error),
    ask: (decision: TriedSettings) => mutate({ trialId, botId, callId, decision }),
  };
};
