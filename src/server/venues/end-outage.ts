import type { Ports } from "../ports";
import { recordVenueHealth } from "./record-venue-health";

/** A cycle got an answer from the venue: a suspicion or an outage ends at once, not at the next check. */
export const endOutage = async (ports: Pick<Ports, "db" | "newId" | "wallNow">, venueId: string): Promise<void> => {
  const health = await ports.db.venueHealth.findUnique({ where: { venueId } });
  if (health === null || (health.suspectedAt === null && health.state !== "unreachable")) return;
  const checkedAt = new Date(ports.wallNow());
  await recordVenueHealth(ports, { venueId, state: "ok", message: null, latencyMs: null, checkedAt });
};
