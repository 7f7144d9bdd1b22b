import Link from "next/link";
import type { BotRow } from "~/contracts/bot-row";
import { Age } from "../ui/age";
import { VenueTime } from "../ui/venue-time";
import { codeInWords } from "./bot-words";

type Cycle = NonNullable<BotRow["lastCycle"]>;

const TONES: Record<Cycle["status"], string> = {
  due: "text-muted",
  running: "text-muted",
  done: "text-muted",
  skipped: "text-warn",
  failed: "text-loss",
  abandoned: "text-loss",
};

/** A bot's newest cycle: its slot (venue time) as a link, what became of it, and how long ago by the wall clock. */
export const LastCycle = ({ cycle }: { readonly cycle: BotRow["lastCycle"] }) => {
  if (!cycle) return <span className="text-muted">none yet</span>;
  const reason = cycle.skipReason === null ? "" : `: ${codeInWords(cycle.skipReason)}`;
  return (
    <>
      <Link href={`/cycles/${cycle.id}`} className="link inline-flex min-h-6 items-center">
        <VenueTime at={cycle.slot} />
      </Link>
      <span className={`block text-xs ${TONES[cycle.status]}`}>
        {cycle.status}
        {reason}
        {cycle.endedAt !== null && (
          <>
            , <Age since={cycle.endedAt} />
          </>
        )}
      </span>
    </>
  );
};
