import type { VenueKind } from "~/trading/venue-catalogue";

/** Which venue, and of what kind: enough to choose its adapter. */
export type VenueRef = { readonly id: string; readonly kind: VenueKind };

/** Which account, and whether its money is real. */
export type AccountRef = { readonly id: string; readonly kind: "paper" | "venueDemo" | "live" };
