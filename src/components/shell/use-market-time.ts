"use client";

import type { VenueView } from "~/contracts/venue-view";
import { venueTimeAt } from "~/trading/market/venue-clock";
import { useLive } from "../live/live-provider";
import { useWallClock } from "../ui/age";

/**
 * What a venue's clock shows now, by its row and this browser's clock; null until the page is live. It stands still
 * where nobody can know it: while the server is not heard, or what keeps the clock has stopped.
 */
export const useMarketTime = ({ clock }: Pick<VenueView, "clock">): Date | null => {
  const { clockStoppedAt } = useLive().state;
  const ticking = useWallClock();
  if (ticking === 0) return null;
  // Stops at once: the last tick may show a later time than the stop.
  const wallNow = clockStoppedAt?.getTime() ?? ticking;
  if (!clock) return new Date(wallNow);
  const [anchorWall, anchorMarket] = [clock.anchorWall.getTime(), clock.anchorMarket.getTime()];
  return new Date(venueTimeAt({ ...clock, anchorWall, anchorMarket }, wallNow));
};
