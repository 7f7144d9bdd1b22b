import type { Ports } from "../../ports";
import type { OwnBotId } from "../../tenant/own-id";

/**
 * Venue time of a bot's first slot: when its capital was posted. It is where the bot and its benchmark begin; the first
 * equity point is not, since points are thinned. Null: there is no such bot.
 */
export const loadFirstSlot = async ({ db }: Pick<Ports, "db">, botId: OwnBotId): Promise<Date | null> => {
  const first = await db.ledgerEntry.findFirst({
    where: { botId },
    orderBy: { postedAt: "asc" },
    select: { postedAt: true },
  });
  return first?.postedAt ?? null;
};
