import Link from "next/link";
import type { BotRow } from "~/contracts/bot-row";
import { Age } from "../ui/age";
import type { Tone } from "../ui/badge";
import { VenueTime } from "../ui/venue-time";
import { statusOfCycle } from "./cycle-status";

type Cycle = NonNullable<BotRow["lastCycle"]>;

/** What became of it in a word: lists are no place for why, which its own page tells. */
const wordOf = (cycle: Cycle) => statusOfCycle({ ...cycle, failure: null, missedCount: null });

const TEXT: Partial<Record<Tone, string>> = { warn: "text-warn", loss: "text-loss" };

/** A bot's newest cycle: its slot (venue time) as a link, what became of it, and how long ago by the wall clock. */
export const LastCycle = ({ cycle }: { readonly cycle: BotRow["lastCycle"] }) => {
  if (!cycle) return <span className="text-muted">none yet</span>;
  const { word, tone } = wordOf(cycle);
  return (
    <>
      <Link href={`/cycles/${cycle.id}`} className="link inline-flex min-h-6 items-center">
        <VenueTime at={cycle.slot} />
      </Link>
      <span className={`block text-xs ${TEXT[tone] ?? "text-muted"}`}>
        {word}
        {cycle.endedAt !== null && (
          <>
            , <Age since={cycle.endedAt} />
          </>
        )}
      </span>
    </>
  );
};
