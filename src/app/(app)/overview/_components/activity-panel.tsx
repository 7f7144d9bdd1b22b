"use client";

import Link from "next/link";
import { useRef, useState } from "react";
import { formatDuration } from "~/components/format/format-time";
import { useGlide } from "~/components/live/use-glide";
import { useSteadyRows } from "~/components/live/use-steady-rows";
import { WaitingRows } from "~/components/live/waiting-rows";
import { Age } from "~/components/ui/age";
import { Pnl } from "~/components/ui/amount";
import { Panel } from "~/components/ui/panel";
import { EmptyState } from "~/components/ui/states";
import { VenueTime } from "~/components/ui/venue-time";
import type { ActivityItem } from "~/contracts/overview-view";

type ItemProps = { readonly item: ActivityItem };

const IN_MARKET_TIME: ReadonlySet<ActivityItem["kind"]> = new Set(["trade-opened", "trade-changed", "trade-closed"]);
/** About as many as fit beside the chart and the bots. */
const SHOWN = 12;
const LINK = "link decoration-transparent hover:decoration-current";

/** The text, linked to its source: the position, else the cycle, else the bot. */
const Text = ({ item: { text, positionId, cycleId, botId } }: ItemProps) => {
  if (positionId !== null) {
    return (
      <Link href={`/positions/${positionId}`} className={LINK}>
        {text}
      </Link>
    );
  }
  if (cycleId !== null) {
    return (
      <Link href={`/cycles/${cycleId}`} className={LINK}>
        {text}
      </Link>
    );
  }
  return botId === null ? (
    text
  ) : (
    <Link href={`/bots/${botId}`} className={LINK}>
      {text}
    </Link>
  );
};

/** "12 times in 4 min 10 s": a length, since an instant of real time would look like one of the market's. */
const describeRepeats = ({ times, since }: NonNullable<ActivityItem["repeated"]>, last: Date): string =>
  `${times} times in ${formatDuration(last.getTime() - since.getTime())}`;

/** A fixed height, so that the list does not change size while things happen. */
const Item = ({ item }: ItemProps) => (
  <li data-row={item.id} className="h-[4.625rem] border-t border-line px-4 py-2">
    <p className="flex items-start justify-between gap-3">
      <span className="line-clamp-2 -m-0.5 min-w-0 p-0.5" title={item.text}>
        <Text item={item} />
      </span>
      {item.amount !== null && <Pnl value={item.amount} />}
    </p>
    <p className="h-4 truncate text-xs text-muted">
      {IN_MARKET_TIME.has(item.kind) ? (
        <>
          <VenueTime at={item.at} /> UTC
        </>
      ) : (
        <Age since={item.at} />
      )}
      {item.botName !== null && `, ${item.botName}`}
      {item.repeated !== null && `, ${describeRepeats(item.repeated, item.at)}`}
    </p>
  </li>
);

const idOf = ({ id }: ActivityItem): string => id;

/** What happened, newest first. */
export const ActivityPanel = ({ items }: { readonly items: readonly ActivityItem[] }) => {
  const [isLong, setLong] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  useGlide(list);
  const { shown, waiting, show, frame } = useSteadyRows(items, idOf);
  return (
    <Panel
      title="Activity"
      note="Trades in the time of their market, the rest in real time"
      corner={<WaitingRows count={waiting} name="activity" onShow={show} />}
      isFlush
    >
      {items.length === 0 && (
        <EmptyState title="Nothing has happened yet">Trades, refusals and alerts appear here.</EmptyState>
      )}
      <div {...frame}>
        <ul ref={list} className="text-sm">
          {shown.slice(0, isLong ? undefined : SHOWN).map((item) => (
            <Item key={item.id} item={item} />
          ))}
        </ul>
      </div>
      {items.length > SHOWN && (
        <p className="border-t border-line px-4 py-2">
          <button type="button" className="button" aria-expanded={isLong} onClick={() => setLong(!isLong)}>
            {isLong ? "Show less" : `Show ${items.length - SHOWN} more`}
          </button>
        </p>
      )}
    </Panel>
  );
};
