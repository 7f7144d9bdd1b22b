import Link from "next/link";
import type { ReactNode } from "react";
import { formatDuration } from "~/components/format/format-time";
import { HistoryBadge } from "~/components/trading/history-badge";
import { Badge } from "~/components/ui/badge";
import { VenueTime } from "~/components/ui/venue-time";
import type { CycleView } from "~/contracts/cycle-view";
import { statusOfCycle } from "~/components/trading/cycle-status";
import { describeCycle } from "./describe-cycle";
import { isLook } from "./stage-words";

type CycleProps = { readonly cycle: CycleView };

type NeighbourProps = { readonly id: string | null; readonly name: string; readonly absent: string };

const Neighbour = ({ id, name, absent }: NeighbourProps) =>
  id === null ? (
    <span className="inline-flex min-h-8 items-center px-3 text-sm text-muted">{absent}</span>
  ) : (
    <Link href={`/cycles/${id}`} className="button">
      {name}
    </Link>
  );

const Title = ({ cycle }: CycleProps) => {
  const { word, tone } = statusOfCycle(cycle);
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="text-xl font-semibold">
            Cycle <VenueTime at={cycle.slot} withSeconds={cycle.slot.getUTCSeconds() !== 0} /> UTC
          </h1>
          <Badge tone={tone}>{word}</Badge>
          {cycle.isHistory && <HistoryBadge />}
        </div>
        <p className="text-sm text-muted">
          of{" "}
          <Link href={`/bots/${cycle.bot.id}`} className="link inline-flex min-h-6 items-center">
            {cycle.bot.name}
          </Link>
          , {cycle.bot.mode.title}. Its slot, the time it was scheduled for, is in{" "}
          {cycle.bot.isSimulated ? "market" : "venue"} time.
        </p>
      </div>
      <nav aria-label="Cycles of this bot" className="flex gap-2">
        <Neighbour id={cycle.previousId} name="← Previous" absent="the first" />
        <Neighbour id={cycle.nextId} name="Next →" absent="the newest" />
      </nav>
    </div>
  );
};

const tookMs = ({ startedAt, endedAt }: CycleView): number | null =>
  startedAt && endedAt ? endedAt.getTime() - startedAt.getTime() : null;

const Time = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <div className="flex flex-wrap items-center gap-x-2">
    <dt className="text-muted">{name}</dt>
    <dd className="flex min-h-6 items-center">{children}</dd>
  </div>
);

const Times = ({ cycle }: CycleProps) => {
  const took = tookMs(cycle);
  return (
    <dl className="mt-3 flex flex-wrap gap-x-6 text-sm">
      <Time name="Took">
        <span className="figure">{took === null ? "—" : formatDuration(took)}</span>
      </Time>
      <Time name="Real time (UTC): recorded">
        <VenueTime at={cycle.plannedAt} withSeconds />
      </Time>
      <Time name="started">
        <VenueTime at={cycle.startedAt} withSeconds absent={cycle.endedAt === null ? "not yet" : "never"} />
      </Time>
      <Time name="ended">
        <VenueTime at={cycle.endedAt} withSeconds absent="not yet" />
      </Time>
      <Time name="Settings">
        <Link href={`/bots/${cycle.bot.id}?view=settings`} className="link inline-flex min-h-6 items-center">
          {cycle.settingsVersion === null ? "the bot's" : `version ${cycle.settingsVersion}`}
        </Link>
      </Time>
    </dl>
  );
};

/** Which cycle this is, what became of it, and in short what happened. */
export const CycleHead = ({ cycle }: CycleProps) => {
  const { why } = statusOfCycle(cycle);
  const story = describeCycle(cycle).join(" ");
  return (
    <>
      <Title cycle={cycle} />
      {why !== null && <p className="mt-3 max-w-prose text-warn">{why}</p>}
      {story !== "" && <p className="mt-3 max-w-4xl">{story}</p>}
      {isLook(cycle) && (
        <p className="mt-1 max-w-4xl text-sm text-muted">
          It was looked at together with the market&apos;s other bots and brought nothing to do, so it had no run of its
          own.
        </p>
      )}
      <Times cycle={cycle} />
    </>
  );
};
