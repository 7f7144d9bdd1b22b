import { inTransaction } from "../db/in-transaction";
import type { Transaction } from "../db/client";
import { appendLiveEvent } from "../live/append-live-event";
import { tellUser } from "../live/tell-user";
import type { Ports } from "../ports";
import type { VenueLook } from "./check-venue";

type Seen = VenueLook & { readonly venueId: string; readonly checkedAt: Date };

const lockBefore = async (tx: Transaction, { venueId, state, message, checkedAt }: Seen) => {
  // Also when it is the first look: whoever comes second waits for this row.
  const made = await tx.$executeRaw`
    INSERT INTO venue_health (venue_id, state, message, since, checked_at)
    VALUES (${venueId}::uuid, ${state}::"VenueState", ${message}, ${checkedAt}, ${checkedAt}) ON CONFLICT DO NOTHING`;
  const [before] = await tx.$queryRaw<[{ state: VenueLook["state"]; since: Date }]>`
    SELECT state, since FROM venue_health WHERE venue_id = ${venueId}::uuid FOR UPDATE`;
  return { ...before, isFirst: made === 1 };
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

/** Stores how a venue was found. Where that changed, its users are told; of an outage by one alert too, until it ends. */
export const recordVenueHealth = (ports: Pick<Ports, "db" | "newId">, seen: Seen): Promise<{ isChange: boolean }> =>
  inTransaction(ports.db, async (tx) => {
    const { venueId, state, message, checkedAt, latencyMs } = seen;
    const before = await lockBefore(tx, seen);
    const isChange = before.isFirst ? state !== "ok" : state !== before.state;
    const since = isChange ? checkedAt : before.since;
    await tx.venueHealth.update({ where: { venueId }, data: { state, message, since, checkedAt, latencyMs } });
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
