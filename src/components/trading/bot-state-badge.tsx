"use client";

import { useLive } from "../live/live-provider";
import { Badge } from "../ui/badge";
import { botState, type BotStateRow } from "./bot-state";

/** Whether a bot trades, in a word; what has stopped for all is said at once, as the band above the page does. */
export const BotStateBadge = (bot: BotStateRow) => {
  const { word, tone } = botState(bot, useLive().state.stopped);
  return <Badge tone={tone}>{word}</Badge>;
};
