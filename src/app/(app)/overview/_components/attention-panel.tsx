import Link from "next/link";
import { Age } from "~/components/ui/age";
import { Badge, type Tone } from "~/components/ui/badge";
import { Panel } from "~/components/ui/panel";
import type { Overview } from "~/contracts/overview-view";

type Item = Overview["attention"][number];

const TONES: Record<Item["severity"], Tone> = { critical: "loss", warning: "warn", info: "accent" };

const Text = ({ item: { text, botId, venueId } }: { readonly item: Item }) => {
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

/** What the user should look at, or that there is nothing. */
export const AttentionPanel = ({ items }: { readonly items: readonly Item[] }) => {
  if (items.length === 0) {
    return (
      <section aria-labelledby="attention" className="rounded-md border border-line bg-panel px-4 py-2">
        <h2 id="attention" className="text-sm text-muted">
          <span aria-hidden="true" className="mr-2 inline-block size-2 rounded-full bg-gain" />
          Nothing needs attention
        </h2>
      </section>
    );
  }
  return (
    <Panel title="Needs attention" isFlush>
      <ul className="text-sm">
        {items.map((item) => (
          <li key={item.id} className="flex flex-wrap items-baseline gap-x-3 gap-y-1 border-t border-line px-4 py-2">
            <Badge tone={TONES[item.severity]}>{item.severity}</Badge>
            <span className="min-w-0 flex-1 basis-56">
              <Text item={item} />
            </span>
            <span className="text-xs text-muted">
              <Age since={item.since} />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
};
