"use client";

import { useQuery } from "@tanstack/react-query";
import type { BotDetail } from "~/contracts/bot-detail";
import { useTRPC } from "~/trpc/react";

/** The bot of this page, which follows live from what the server read for it. */
export const useBot = (initial: BotDetail) => {
  const trpc = useTRPC();
  return useQuery({ ...trpc.bots.byId.queryOptions({ botId: initial.id }), initialData: initial });
};
