"use client";

import type { VenueView } from "~/contracts/venue-view";
import { venueTimeAt } from "~/trading/market/venue-clock";
import { useWallClock } from "../ui/age";

/** What a venue's clock shows now, by its row and this browser's clock; null until the page is live. */
export const useMarketTime = ({ clock }: Pick<VenueView, "clock">): Date | null => {
  const wallNow = useWallClock();
  if (wallNow === 0) return null;
  if (!clock) return new Date(wallNow);
  const [anchorWall, anchorMarket] = [clock.anchorWall.getTime(), clock.anchorMarket.getTime()];
  return new Date(venueTimeAt({ ...clock, anchorWall, anchorMarket }, wallNow));
};
