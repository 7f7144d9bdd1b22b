import Link from "next/link";
import type { BotRow } from "~/contracts/bot-row";
import { Age } from "../ui/age";
import type { Tone } from "../ui/badge";
import { VenueTime } from "../ui/venue-time";
import { statusOfCycle } from "./cycle-status";

type Cycle = NonNullable<BotRow["lastCycle"]>;

/** The outcome in a word; the cycle's own page tells the reason. */
const wordOf = (cycle: Cycle) => statusOfCycle({ ...cycle, failure: null, missedCount: null });

const TEXT: Partial<Record<Tone, string>> = { warn: "text-warn", loss: "text-loss" };

type LastCycleProps = { readonly cycle: BotRow["lastCycle"] };

/** The slot of a bot's newest cycle (venue time), as a link to it. */
export const LastSlot = ({ cycle }: LastCycleProps) =>
  cycle === null ? (
    <span className="text-muted">none yet</span>
  ) : (
    <Link href={`/cycles/${cycle.id}`} className="link inline-flex min-h-6 items-center">
      <VenueTime at={cycle.slot} />
    </Link>
  );

/** A cycle's outcome, and how long ago by the wall clock. One line, also while there is no cycle. */
export const LastOutcome = ({ cycle }: LastCycleProps) => {
  if (cycle === null) return <span className="block">&nbsp;</span>;
  const { word, tone } = wordOf(cycle);
  return (
    <span className={`block whitespace-nowrap ${TEXT[tone] ?? "text-muted"}`}>
      {word}
      {cycle.endedAt !== null && (
        <>
          , <Age since={cycle.endedAt} />
        </>
      )}
    </span>
  );
};

/** A bot's newest cycle in two lines. */
export const LastCycle = ({ cycle }: LastCycleProps) => (
  <>
    <LastSlot cycle={cycle} />
    <span className="block text-xs">
      <LastOutcome cycle={cycle} />
    </span>
  </>
);
