import type { Ports } from "../../ports";

/**
 * Venue time of a bot's first slot: when its capital was posted. It is where the bot and its benchmark begin; the first
 * equity point is not, since points are thinned. Null: there is no such bot.
 */
export const loadFirstSlot = async ({ db }: Pick<Ports, "db">, botId: string): Promise<Date | null> => {
  const { _min } = await db.ledgerEntry.aggregate({ where: { botId }, _min: { postedAt: true } });
  return _min.postedAt;
};
