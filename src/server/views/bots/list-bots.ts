import type { BotRow } from "~/contracts/bot-row";
import type { Ports } from "../../ports";
import { loadBotFacts } from "./load-bot-facts";
import { toBotRow } from "./to-bot-row";

/** Values of a bot's line in a row. */
export const SPARKLINE_POINTS = 48;

/** A user's own bots, oldest first, without archived ones: at most 500. */
export const listBots = async (ports: Pick<Ports, "db" | "wallNow">, userId: string): Promise<BotRow[]> =>
  (await loadBotFacts(ports, { userId }, SPARKLINE_POINTS)).map(toBotRow);
