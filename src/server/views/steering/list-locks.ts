import type { LockView } from "~/contracts/command-view";
import type { Ports } from "../../ports";
import { readVenueTime } from "../../venues/venue-time";
import type { OwnedBot } from "../../tenant/find-own";
import { findOwnedBot } from "../owned-bot";

/** What keeps a user's bot from entering pairs now, the first to end first. Throws AppError for another user's bot. */
export const listLocks = async (ports: Pick<Ports, "db" | "wallNow">, owned: OwnedBot): Promise<LockView[]> => {
  const { id: botId, venueId } = await findOwnedBot(ports, owned);
  const now = new Date(await readVenueTime(ports, venueId));
  return ports.db.tradeLock.findMany({
    where: { botId, unlockedAt: null, until: { gt: now } },
    orderBy: [{ until: "asc" }, { id: "asc" }],
    select: { pair: true, until: true, reason: true },
  });
};
