"use client";

import { useQuery } from "@tanstack/react-query";
import type { VenueView } from "~/contracts/venue-view";
import { useTRPC } from "~/trpc/react";
import { formatInstant } from "../format/format-time";
import { useMarketTime } from "../shell/use-market-time";
import { describeWait } from "./describe-wait";

const WALL_TIME = { clock: null } satisfies Pick<VenueView, "clock">;

type NextSlotProps = {
  /** Venue time; null: none is planned. */
  readonly slot: Date | null;
  readonly venueId: string;
};

/** How long until a bot's next cycle, in the time of its venue: a simulated market's hour passes in seconds. */
export const NextSlot = ({ slot, venueId }: NextSlotProps) => {
  const trpc = useTRPC();
  const { data: venues } = useQuery(trpc.venues.list.queryOptions());
  const venue = venues?.find(({ id }) => id === venueId) ?? WALL_TIME;
  const now = useMarketTime(venue);
  if (slot === null) return <span className="text-muted">none planned</span>;
  if (now === null) return <span className="text-muted">…</span>;
  const waitMs = slot.getTime() - now.getTime();
  const unit = venue.clock && venue.clock.speed > 0 ? " of market time" : "";
  return (
    <time dateTime={slot.toISOString()} title={formatInstant(slot)} className="figure">
      {describeWait(waitMs, unit)}
      {venue.clock?.speed === 0 && <span className="text-warn">, paused</span>}
    </time>
  );
};
