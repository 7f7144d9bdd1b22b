import type { Ports } from "../ports";
import type { VenueRef } from "../refs";
import { checkVenue, type WatchedVenue } from "./check-venue";
import { recordVenueHealth } from "./record-venue-health";
import { watchPrices } from "./watch-prices";

type WatchPorts = Pick<Ports, "db" | "newId" | "wallNow" | "marketDataOf">;

/** As messages name them: a venue's own name may hold the address of a host. */
const NAMES: Record<VenueRef["kind"], string> = { okx: "OKX", demo: "The demo market" };

/** Venues that are shown and have a bot that is not archived. */
const findVenuesInUse = async ({ db }: Pick<Ports, "db">): Promise<WatchedVenue[]> => {
  const venues = await db.venue.findMany({
    where: { archivedAt: null, accounts: { some: { bots: { some: { status: { not: "archived" } } } } } },
    include: { clock: true, markets: { orderBy: { id: "asc" }, take: 1 } },
  });
  return venues.map(({ id, kind, clock, markets: [market] }) => ({
    id,
    kind,
    name: NAMES[kind],
    isPaused: clock?.speed === 0,
    market: market ? { pair: market.pair, marketType: market.marketType } : null,
  }));
};

const watch = async (ports: WatchPorts, venue: WatchedVenue): Promise<boolean> => {
  const look = await checkVenue(ports, venue);
  const checkedAt = new Date(ports.wallNow());
  return (await recordVenueHealth(ports, { ...look, venueId: venue.id, checkedAt })).isChange;
};

/**
 * Looks at every venue in use, all at once, so that a silent one delays no other, and then at open positions without a
 * price. Returns how many venues there are and how many are in another state than before. Throws after all were looked
 * at, for a fault of ours.
 */
export const watchVenues = async (
  ports: WatchPorts,
): Promise<{ readonly venues: number; readonly changed: number }> => {
  const venues = await findVenuesInUse(ports);
  const looks = await Promise.allSettled(venues.map((venue) => watch(ports, venue)));
  const failed = looks.find((look) => look.status === "rejected");
  if (failed) throw new Error(`a venue could not be watched: ${String(failed.reason)}`, { cause: failed.reason });
  await watchPrices(ports);
  const changed = looks.filter((look) => look.status === "fulfilled" && look.value).length;
  return { venues: venues.length, changed };
};
