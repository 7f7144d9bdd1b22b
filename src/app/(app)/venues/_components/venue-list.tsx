"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { formatDuration, formatUtc } from "~/components/format/format-time";
import { useMarketTime } from "~/components/shell/use-market-time";
import { Age } from "~/components/ui/age";
import { Badge, type Tone } from "~/components/ui/badge";
import { Panel } from "~/components/ui/panel";
import { EmptyState, ErrorState } from "~/components/ui/states";
import type { VenueView } from "~/contracts/venue-view";
import { useTRPC } from "~/trpc/react";

const STATES: Record<VenueView["state"], { readonly word: string; readonly tone: Tone }> = {
  ok: { word: "Reachable", tone: "gain" },
  paused: { word: "Paused", tone: "warn" },
  suspect: { word: "Missed one check", tone: "warn" },
  maintenance: { word: "Maintenance", tone: "warn" },
  unreachable: { word: "Cannot be reached", tone: "loss" },
  closed: { word: "Not running", tone: "neutral" },
  unchecked: { word: "Not checked", tone: "neutral" },
};

const Fact = ({ name, children }: { readonly name: string; readonly children: React.ReactNode }) => (
  <div className="flex justify-between gap-4 border-t border-line py-1.5">
    <dt className="text-muted">{name}</dt>
    <dd className="text-right">{children}</dd>
  </div>
);

const ClockFacts = ({ venue }: { readonly venue: VenueView }) => {
  const marketTime = useMarketTime(venue);
  return (
    <>
      <Fact name={venue.isSimulated ? "Market time" : "Time"}>
        <span className="figure">{marketTime === null ? "…" : `${formatUtc(marketTime)} UTC`}</span>
      </Fact>
      {venue.clock && <Fact name="Speed">{venue.clock.speed === 0 ? "paused" : `${venue.clock.speed} × a clock`}</Fact>}
      {venue.openedAt && <Fact name="Opened at">{formatUtc(venue.openedAt)} UTC</Fact>}
    </>
  );
};

/** All are always shown; an unknown one is a dash. */
const HealthFacts = ({ venue: { since, checkedAt, latencyMs } }: { readonly venue: VenueView }) => (
  <>
    <Fact name="In this state">
      <Age since={since} suffix="" />
    </Fact>
    <Fact name="Last checked">
      <Age since={checkedAt} />
    </Fact>
    <Fact name="Answered in">{latencyMs === null ? "—" : formatDuration(latencyMs)}</Fact>
  </>
);

const VenueCard = ({ venue }: { readonly venue: VenueView }) => {
  const { word, tone } = STATES[venue.state];
  return (
    <Panel
      title={venue.name}
      note={venue.isSimulated ? "Simulated prices, a clock of its own" : "Public prices, wall-clock time, no key"}
      actions={<Badge tone={tone}>{word}</Badge>}
    >
      <dl className="text-sm">
        <ClockFacts venue={venue} />
        <HealthFacts venue={venue} />
        <Fact name="Bots">
          <Link href="/bots" className="link figure inline-flex min-h-6 min-w-6 items-center justify-end">
            {venue.bots}
          </Link>
        </Fact>
        <Fact name="Pairs">{venue.pairs.length === 0 ? "—" : venue.pairs.join(", ")}</Fact>
      </dl>
      {/* Its place below is reserved, so that no fact moves when a message appears. */}
      <p className="mt-1 min-h-10 text-sm text-warn">{venue.message}</p>
    </Panel>
  );
};

/** Every venue of the user's bots, how it is and since when. */
export const VenueList = ({ initial }: { readonly initial: VenueView[] }) => {
  const trpc = useTRPC();
  const { data: venues, isError, refetch } = useQuery({ ...trpc.venues.list.queryOptions(), initialData: initial });
  return (
    <>
      {isError && <ErrorState title="The venues could not be refreshed." onRetry={() => void refetch()} />}
      {venues.length === 0 && <EmptyState title="No venue yet">A venue appears here with its first bot.</EmptyState>}
      <div className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
        {venues.map((venue) => (
          <VenueCard key={venue.id} venue={venue} />
        ))}
      </div>
    </>
  );
};
