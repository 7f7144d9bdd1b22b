import type { Ports } from "../../ports";
import type { VenueLook } from "../../venues/check-venue";

/** How a venue was found at `checkedAt`, and since when it is so; `suspectedAt`: only the last look failed. Wall time. */
export type VenueHealthRow = VenueLook & {
  readonly venueId: string;
  readonly since: Date;
  readonly checkedAt: Date;
  readonly suspectedAt: Date | null;
};

/** The health of each of these venues that was ever looked at; one that is missing was not checked yet. */
export const listVenueHealth = ({ db }: Pick<Ports, "db">, venueIds: readonly string[]): Promise<VenueHealthRow[]> =>
  db.venueHealth.findMany({ where: { venueId: { in: [...venueIds] } } });
