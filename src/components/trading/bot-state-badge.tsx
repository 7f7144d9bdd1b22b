import type { BotRow } from "~/contracts/bot-row";
import { Badge } from "../ui/badge";
import { botState } from "./bot-state";

/** Whether a bot trades, in a word. */
export const BotStateBadge = (bot: Pick<BotRow, "status" | "tradingState" | "recent">) => {
  const { word, tone } = botState(bot);
  return <Badge tone={tone}>{word}</Badge>;
};
