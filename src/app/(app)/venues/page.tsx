import type { Metadata } from "next";
import { getApi } from "~/trpc/server";
import { VenueList } from "./_components/venue-list";

export const metadata: Metadata = { title: "Venues" };

export default async function VenuesPage() {
  const { call } = await getApi();
  const venues = await call.venues.list();
  return (
    <>
      <h1 className="mb-1 text-xl font-semibold">Venues</h1>
      <p className="mb-4 text-sm text-muted">Where bots get their prices, and whether they are available now.</p>
      <VenueList initial={venues} />
    </>
  );
}
