import { VENUE_CATALOGUE, type VenueKind } from "~/trading/venue-catalogue";

/** What pages call a venue: a simulated one has only the title of its kind, its own name is for the system. */
export const venueNameOf = ({ kind, name }: { readonly kind: VenueKind; readonly name: string }): string =>
  VENUE_CATALOGUE[kind].isSimulated ? VENUE_CATALOGUE[kind].title : name;
