"use client";

import { useQuery } from "@tanstack/react-query";
import type { VenueView } from "~/contracts/venue-view";
import { useTRPC } from "~/trpc/react";
import { formatDuration, formatUtc } from "../format/format-time";
import { useLive } from "../live/live-provider";
import { bandsOf } from "./bands-of";
import { SpeedControl } from "./speed-control";
import { useMarketTime } from "./use-market-time";

/** By how much market time the figures on the pages are behind the market's clock, when they cannot keep up. */
const Lag = ({ venueId }: { readonly venueId: string }) => {
  const lag = useLive().lags.find((each) => each.venueId === venueId);
  if (!lag) return null;
  return (
    <span className="text-xs leading-4 font-semibold whitespace-nowrap text-warn sm:text-sm">
      <span className="max-sm:sr-only">Figures are </span>
      {formatDuration(lag.behindSeconds * 1000)} behind
    </span>
  );
};

/** A fixed number of lines: the band is above every page and must not move it. */
const LINES = "w-full max-sm:line-clamp-2 max-sm:h-10 sm:truncate";

const DemoBand = ({ venue }: { readonly venue: VenueView }) => {
  const marketTime = useMarketTime(venue);
  return (
    <div className="border-y border-demo/50 bg-demo-fill text-demo">
      <div className="mx-auto flex max-w-[90rem] flex-wrap items-center gap-x-4 gap-y-1 px-4 py-1.5 text-sm lg:flex-nowrap">
        <p className={`${LINES} lg:w-auto lg:min-w-0`} title={venue.message ?? undefined}>
          <strong className="mr-3 font-bold tracking-wide">DEMO</strong>
          This market is simulated{venue.clock?.speed === 0 && " and paused"}.{" "}
          {venue.message ?? "No money is at stake."}
        </p>
        <div className="flex flex-1 flex-wrap items-center justify-between gap-x-2 gap-y-1 lg:flex-[1_0_auto]">
          {/* On a narrow screen two lines fit beside the buttons, so the page stays still when figures fall behind. */}
          <div className="flex min-h-8 flex-col justify-center sm:min-h-0 sm:flex-1 sm:flex-row sm:justify-between">
            <span className="figure min-w-[7.5rem] text-xs leading-4 whitespace-nowrap sm:min-w-[8.5rem] sm:text-sm">
              <span className="sr-only">Market time </span>
              {marketTime === null ? "…" : formatUtc(marketTime)} UTC
            </span>
            <Lag venueId={venue.id} />
          </div>
          <SpeedControl venue={venue} />
        </div>
      </div>
    </div>
  );
};

const PaperBand = ({ venues }: { readonly venues: readonly VenueView[] }) => {
  const trouble = venues.find(({ state }) => state === "unreachable" || state === "maintenance");
  return (
    <div className="border-y border-paper/50 bg-paper-fill text-paper">
      <div className="mx-auto max-w-[90rem] px-4 py-1.5 text-sm">
        <p className={LINES} title={trouble?.message ?? undefined}>
          <strong className="mr-3 font-bold tracking-wide">PAPER</strong>
          {trouble ? (
            <span className="text-warn">{trouble.message ?? `${trouble.name} cannot be reached`}</span>
          ) : (
            "Real prices, paper money: no order leaves this machine."
          )}
        </p>
      </div>
    </div>
  );
};

/** What kind of money is at stake, always in sight. */
export const ModeBand = ({ initial }: { readonly initial: VenueView[] }) => {
  const trpc = useTRPC();
  const { data: venues } = useQuery({ ...trpc.venues.list.queryOptions(), initialData: initial });
  const { demo, paper } = bandsOf(venues);
  return (
    <div role="region" aria-label="Trading mode">
      {demo && <DemoBand venue={demo} />}
      {paper.length > 0 && <PaperBand venues={paper} />}
    </div>
  );
};
