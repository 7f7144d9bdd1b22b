import { AppError } from "../errors";
import type { Ports } from "../ports";

/** A bot as its user names it. */
export type OwnedBot = { readonly userId: string; readonly botId: string };

/** What lists say of a bot: before `openedAt` (venue time) it lived history; null: it has none. */
type BotHead = { readonly name: string; readonly openedAt: Date | null };

/** A user's own bot, also an archived one. Throws AppError: another user's is as absent as none. */
export const findOwnedBot = async ({ db }: Pick<Ports, "db">, { userId, botId }: OwnedBot): Promise<BotHead> => {
  const bot = await db.bot.findFirst({
    where: { id: botId, userId },
    select: { name: true, account: { select: { venue: { select: { openedAt: true } } } } },
  });
  if (!bot) throw new AppError("not-found", "You have no such bot.");
  return { name: bot.name, openedAt: bot.account.venue.openedAt };
};
