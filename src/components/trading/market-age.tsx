"use client";

import { useQuery } from "@tanstack/react-query";
import type { VenueView } from "~/contracts/venue-view";
import { useTRPC } from "~/trpc/react";
import { formatAge, formatInstant, formatInstantNear } from "../format/format-time";
import { useMarketTime } from "../shell/use-market-time";

const WALL_TIME = { clock: null } satisfies Pick<VenueView, "clock">;

type MarketAgeProps = { readonly at: Date; readonly venueId: string };

/** When something was at a venue, and how long ago in the time of it: a simulated market's hour passes in seconds. */
export const MarketAge = ({ at, venueId }: MarketAgeProps) => {
  const trpc = useTRPC();
  const { data: venues } = useQuery(trpc.venues.list.queryOptions());
  const venue = venues?.find(({ id }) => id === venueId) ?? WALL_TIME;
  const now = useMarketTime(venue);
  return (
    <time dateTime={at.toISOString()} title={formatInstant(at)} className="figure">
      {now === null
        ? formatInstant(at)
        : `${formatInstantNear(at, now)}, ${formatAge(now.getTime() - at.getTime())}${venue.clock ? " of market time" : ""} ago`}
    </time>
  );
};
