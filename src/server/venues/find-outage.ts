import { isOutage, type VenueHealth } from "~/trading/venue-health";
import type { Transaction } from "../db/client";

type HealthRow = Pick<VenueHealth, "state" | "message"> & {
  readonly since: Date;
  readonly checkedAt: Date;
  readonly suspectedAt: Date | null;
};

export const toHealth = ({ state, message, since, checkedAt, suspectedAt }: HealthRow): VenueHealth => ({
  state,
  message,
  since: since.getTime(),
  checkedAt: checkedAt.getTime(),
  suspectedAt: suspectedAt?.getTime() ?? null,
});

/**
 * The message about a venue that does not answer: two looks in a row failed and the last one is fresh. Null when
 * nothing speaks against asking it. `wallNow` in ms.
 */
export const findOutage = async (tx: Transaction, venueId: string, wallNow: number): Promise<string | null> => {
  const health = await tx.venueHealth.findUnique({ where: { venueId } });
  return health !== null && isOutage(toHealth(health), wallNow) ? health.message : null;
};
