import { judgeLook, type VenueHealth } from "~/trading/venue-health";
import { inTransaction } from "../db/in-transaction";
import type { Transaction } from "../db/client";
import { appendLiveEvent } from "../live/append-live-event";
import { tellUser } from "../live/tell-user";
import type { Ports } from "../ports";
import type { VenueLook } from "./check-venue";
import { toHealth } from "./find-outage";

type Seen = VenueLook & { readonly venueId: string; readonly checkedAt: Date };

/** How the venue was known to be; null where this look is the first. */
const lockBefore = async (tx: Transaction, { venueId, checkedAt }: Seen): Promise<VenueHealth | null> => {
  // Also for the first check: a concurrent one waits for this row.
  const made = await tx.$executeRaw`
    INSERT INTO venue_health (venue_id, state, since, checked_at)
    VALUES (${venueId}::uuid, 'ok', ${checkedAt}, ${checkedAt}) ON CONFLICT DO NOTHING`;
  if (made === 1) return null;
  await tx.$queryRaw`SELECT 1 FROM venue_health WHERE venue_id = ${venueId}::uuid FOR UPDATE`;
  return toHealth(await tx.venueHealth.findUniqueOrThrow({ where: { venueId } }));
};

/** Everybody with an account at the venue. */
const findUsers = (tx: Transaction, venueId: string) =>
  tx.user.findMany({
    where: { archivedAt: null, accounts: { some: { venueId, archivedAt: null } } },
    select: { id: true },
    orderBy: { id: "asc" },
  });

/** The alert of an outage ends with it. */
const endOutages = (tx: Transaction, venueId: string) => tx.$executeRaw`
  UPDATE alerts SET ended_at = greatest(created_at, clock_timestamp())
  WHERE ended_at IS NULL AND kind = 'venue' AND starts_with(key, ${`venue-unreachable:${venueId}:`})`;

/**
 * Stores how a venue was found. On a change its users are told; an outage, which takes two checks in a row, is also one
 * alert until it ends.
 */
export const recordVenueHealth = (ports: Pick<Ports, "db" | "newId">, seen: Seen): Promise<{ isChange: boolean }> =>
  inTransaction(ports.db, async (tx) => {
    const { venueId, latencyMs } = seen;
    const before = await lockBefore(tx, seen);
    // An earlier check may arrive later: it counts as one of now.
    const checkedAt = new Date(Math.max(seen.checkedAt.getTime(), before?.checkedAt ?? 0));
    const judged = judgeLook(before, { ...seen, checkedAt: checkedAt.getTime() });
    const { state, message, isChange } = judged;
    const since = new Date(judged.since);
    const suspectedAt = judged.suspectedAt === null ? null : new Date(judged.suspectedAt);
    const data = { state, message, since, checkedAt, latencyMs, suspectedAt };
    await tx.venueHealth.update({ where: { venueId }, data });
    if (state !== "unreachable") await endOutages(tx, venueId);
    for (const { id: userId } of isChange ? await findUsers(tx, venueId) : []) {
      appendLiveEvent(tx, userId, { kind: "venue-state", venueId, state, message });
      if (state !== "unreachable") continue;
      await tellUser(
        tx,
        { id: ports.newId(), userId, botId: null },
        {
          key: `venue-unreachable:${venueId}:${since.toISOString()}`,
          kind: "venue",
          severity: "critical",
          message: `${message} Its bots decide nothing until it is back; paper positions are settled then.`,
        },
      );
    }
    return { isChange };
  });
