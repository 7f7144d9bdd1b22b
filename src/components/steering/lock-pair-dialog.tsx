"use client";

import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { formatUtc } from "~/components/format/format-time";
import { useMarketTime } from "~/components/shell/use-market-time";
import { ConfirmDialog } from "~/components/ui/confirm-dialog";
import type { BotDetail } from "~/contracts/bot-detail";
import type { VenueView } from "~/contracts/venue-view";
import { LOCK_REASON_MAX } from "~/trading/steering/command";
import { useTRPC } from "~/trpc/react";
import { useCommand } from "./use-command";

const HOUR_MS = 3_600_000;
/** How long, in hours of the market's time. */
const LENGTHS = [
  [1, "1 hour"],
  [4, "4 hours"],
  [24, "1 day"],
  [72, "3 days"],
  [168, "1 week"],
  [720, "30 days"],
] as const;

type LockPairDialogProps = {
  readonly bot: Pick<BotDetail, "id" | "name" | "pairs" | "venue">;
  readonly onClose: () => void;
};

const ALL = "";
const WALL_TIME = { clock: null } satisfies Pick<VenueView, "clock">;

type Lock = { readonly pair: string; readonly hours: number; readonly reason: string };
type LockFieldsProps = Lock & { readonly pairs: readonly string[]; readonly onChange: (lock: Lock) => void };

const LockFields = ({ pairs, onChange, ...lock }: LockFieldsProps) => {
  const id = useId();
  return (
    <>
      <label className="grid gap-1 font-semibold" htmlFor={`${id}-pair`}>
        Pair
        <select
          id={`${id}-pair`}
          className="field"
          value={lock.pair}
          onChange={(event) => onChange({ ...lock, pair: event.target.value })}
        >
          {pairs.map((each) => (
            <option key={each}>{each}</option>
          ))}
          <option value={ALL}>All its pairs</option>
        </select>
      </label>
      <label className="grid gap-1 font-semibold" htmlFor={`${id}-hours`}>
        For how long, by the market&apos;s clock
        <select
          id={`${id}-hours`}
          className="field"
          value={lock.hours}
          onChange={(event) => onChange({ ...lock, hours: Number(event.target.value) })}
        >
          {LENGTHS.map(([length, text]) => (
            <option key={length} value={length}>
              {text}
            </option>
          ))}
        </select>
      </label>
      <label className="grid gap-1 font-semibold" htmlFor={`${id}-why`}>
        Why (if you like)
        <input
          id={`${id}-why`}
          className="field"
          maxLength={LOCK_REASON_MAX}
          value={lock.reason}
          onChange={(event) => onChange({ ...lock, reason: event.target.value })}
        />
      </label>
    </>
  );
};

/** Asks which pair a bot shall not enter, and for how long on its market's clock. */
export const LockPairDialog = ({ bot, onClose }: LockPairDialogProps) => {
  const trpc = useTRPC();
  const { data: venues } = useQuery(trpc.venues.list.queryOptions());
  const now = useMarketTime(venues?.find(({ id }) => id === bot.venue.id) ?? WALL_TIME);
  const [lock, setLock] = useState<Lock>({ pair: bot.pairs[0] ?? ALL, hours: 4, reason: "" });
  const { pair, hours, reason } = lock;
  const { ask, isPending, error } = useCommand(bot.id, onClose);
  const until = now === null || venues === undefined ? null : new Date(now.getTime() + hours * HOUR_MS);
  return (
    <ConfirmDialog
      title={`Lock a pair of ${bot.name}`}
      confirm="Lock it"
      isPending={isPending}
      isReady={until !== null}
      error={error}
      onConfirm={() => {
        if (until === null) return;
        ask({
          kind: "lock-pair",
          pair: pair === ALL ? null : pair,
          until: until.toISOString(),
          reason: reason.trim() === "" ? null : reason.trim(),
        });
      }}
      onClose={onClose}
    >
      <LockFields pairs={bot.pairs} {...lock} onChange={setLock} />
      <p>
        {pair === ALL ? "It enters none of its pairs" : `It does not enter ${pair}`} until{" "}
        {until === null ? "then" : `${formatUtc(until)} UTC by its market's clock`}: an entry that its rules want is
        refused, and the refusal is kept. What it holds stays protected and is closed by its rules. The lock ends by
        itself; you can end it before.
      </p>
    </ConfirmDialog>
  );
};
