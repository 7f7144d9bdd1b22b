"use client";

import Link from "next/link";
import { useState } from "react";
import { Age } from "~/components/ui/age";
import { Pnl } from "~/components/ui/amount";
import { Panel } from "~/components/ui/panel";
import { EmptyState } from "~/components/ui/states";
import { VenueTime } from "~/components/ui/venue-time";
import type { ActivityItem } from "~/contracts/overview-view";

type ItemProps = { readonly item: ActivityItem };

const IN_MARKET_TIME: ReadonlySet<ActivityItem["kind"]> = new Set(["trade-opened", "trade-closed"]);
/** About as many as stand beside the chart and the bots. */
const SHOWN = 12;
const LINK = "link decoration-transparent hover:decoration-current";

/** The text, linked to what it came from: the position, else the cycle, else the bot. */
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

const Item = ({ item }: ItemProps) => (
  <li className="border-t border-line px-4 py-2">
    <p className="flex items-start justify-between gap-3">
      <span className="min-w-0">
        <Text item={item} />
      </span>
      {item.amount !== null && <Pnl value={item.amount} />}
    </p>
    <p className="text-xs text-muted">
      {IN_MARKET_TIME.has(item.kind) ? (
        <>
          <VenueTime at={item.at} /> UTC
        </>
      ) : (
        <Age since={item.at} />
      )}
      {item.botName !== null && `, ${item.botName}`}
    </p>
  </li>
);

/** What happened, newest first. */
export const ActivityPanel = ({ items }: { readonly items: readonly ActivityItem[] }) => {
  const [isLong, setLong] = useState(false);
  const shown = isLong ? items : items.slice(0, SHOWN);
  return (
    <Panel title="Activity" note="Trades in the time of their market" isFlush>
      {items.length === 0 && (
        <EmptyState title="Nothing has happened yet">Trades, refusals and alerts appear here.</EmptyState>
      )}
      <ul className="text-sm">
        {shown.map((item) => (
          <Item key={item.id} item={item} />
        ))}
      </ul>
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
