import type { BotCommand } from "~/components/steering/bot-command-dialog";
import type { BotDetail } from "~/contracts/bot-detail";

type Told = Pick<BotDetail, "status" | "openPositions">;

const whyNotArchive = ({ status, openPositions }: Told): string | null => {
  if (status !== "stopped" || openPositions === 0) return null;
  const held = openPositions === 1 ? "its open position is" : `its ${openPositions} open positions are`;
  return `It can be archived once ${held} closed.`;
};

/** Why a bot cannot be told something now, as a sentence; null: it can. */
export const whyNot = (command: BotCommand, bot: Told): string | null => {
  if (bot.status === "archived") return "It is archived.";
  switch (command) {
    case "archive":
      return whyNotArchive(bot);
    case "close-all":
      return bot.openPositions > 0 ? null : "It holds nothing.";
    case "run-now":
      return bot.status === "stopped" ? "It is stopped: resume it first." : null;
    case "pause":
    case "resume":
    case "stop":
      return null;
  }
};
