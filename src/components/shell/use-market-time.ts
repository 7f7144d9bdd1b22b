"use client";

import type { VenueView } from "~/contracts/venue-view";
import { useWallClock } from "../ui/age";

/** What a venue's clock shows now, by its row and this browser's clock; null until the page is live. */
export const useMarketTime = ({ clock }: Pick<VenueView, "clock">): Date | null => {
  const wallNow = useWallClock();
  if (wallNow === 0) return null;
  if (!clock) return new Date(wallNow);
  // A browser's clock may be behind the server's: market time never goes back before its anchor.
  const market = clock.anchorMarket.getTime() + Math.max(0, wallNow - clock.anchorWall.getTime()) * clock.speed;
  return new Date(clock.speed === 0 ? clock.anchorMarket.getTime() : market);
};
