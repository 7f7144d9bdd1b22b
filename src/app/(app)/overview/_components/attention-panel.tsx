"use client";

import { ChevronDown } from "lucide-react";
import Link from "next/link";
import { useSteadyRows } from "~/components/live/use-steady-rows";
import { WaitingRows } from "~/components/live/waiting-rows";
import { Age } from "~/components/ui/age";
import { Badge, type Tone } from "~/components/ui/badge";
import type { Overview } from "~/contracts/overview-view";

type Item = Overview["attention"][number];
type ItemProps = { readonly item: Item };

const TONES: Record<Item["severity"], Tone> = { critical: "loss", warning: "warn", info: "accent" };

const Text = ({ item: { text, botId, venueId } }: ItemProps) => {
  if (botId !== null) {
    return (
      <Link href={`/bots/${botId}`} className="link">
        {text}
      </Link>
    );
  }
  return venueId === null ? (
    text
  ) : (
    <Link href="/venues" className="link">
      {text}
    </Link>
  );
};

const Line = ({ item }: ItemProps) => (
  <li className="flex flex-wrap items-baseline gap-x-3 gap-y-1 border-t border-line px-4 py-2">
    <Badge tone={TONES[item.severity]}>{item.severity}</Badge>
    <span className="min-w-0 flex-1 basis-56">
      <Text item={item} />
    </span>
    <span className="text-xs text-muted">
      <Age since={item.since} />
    </span>
  </li>
);

const idOf = ({ id }: Item): string => id;

const FRAME = "min-w-0 rounded-md border border-line bg-panel text-sm";
/** The same height with or without items, so that nothing below it moves. */
const HEAD = "flex h-10 items-center gap-3 px-4";

const Nothing = () => (
  <section aria-labelledby="attention" className={FRAME}>
    <h2 id="attention" className={`${HEAD} text-muted`}>
      <span aria-hidden="true" className="size-2 rounded-full bg-gain" />
      Nothing needs attention
    </h2>
  </section>
);

/** What the user should look at, the most severe in the line that is always shown, or that there is nothing. */
export const AttentionPanel = ({ items, count }: { readonly items: readonly Item[]; readonly count: number }) => {
  const { shown, waiting, show, frame } = useSteadyRows(items, idOf);
  const [first] = shown;
  const more = Math.max(0, count - items.length);
  if (!first) return <Nothing />;
  return (
    <section aria-labelledby="attention" className={`relative ${FRAME}`}>
      <details className="group/attention">
        <summary className={`${HEAD} hover:bg-raised/60`}>
          <h2 id="attention" className="shrink-0 font-semibold">
            {shown.length + more}{" "}
            <span className="sr-only sm:not-sr-only">{shown.length + more === 1 ? "needs" : "need"} attention</span>
          </h2>
          <Badge tone={TONES[first.severity]}>{first.severity}</Badge>
          <span className="min-w-0 flex-1 truncate" title={first.text}>
            {first.text}
          </span>
          <ChevronDown size={16} aria-hidden="true" className="shrink-0 group-open/attention:rotate-180" />
        </summary>
        <div {...frame}>
          <ul>
            {shown.map((item) => (
              <Line key={item.id} item={item} />
            ))}
          </ul>
        </div>
        {more > 0 && (
          <p className="border-t border-line px-4 py-2 text-muted">
            and {more} more, none of them graver;{" "}
            <Link href="/bots" className="link">
              look at the bots
            </Link>
          </p>
        )}
        {waiting > 0 && (
          <p className="border-t border-line px-4 py-2">
            <WaitingRows count={waiting} name="notes" onShow={show} />
          </p>
        )}
      </details>
    </section>
  );
};
