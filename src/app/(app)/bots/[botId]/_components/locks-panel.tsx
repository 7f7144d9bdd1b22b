"use client";

import { useQuery } from "@tanstack/react-query";
import { useCommand } from "~/components/steering/use-command";
import { Panel } from "~/components/ui/panel";
import { ErrorState } from "~/components/ui/states";
import { VenueTime } from "~/components/ui/venue-time";
import type { BotDetail } from "~/contracts/bot-detail";
import type { LockView } from "~/contracts/command-view";
import { useTRPC } from "~/trpc/react";

const Lock = ({ botId, lock }: { readonly botId: string; readonly lock: LockView }) => {
  const { ask, isPending, error } = useCommand(botId, () => undefined);
  const name = lock.pair ?? "All pairs";
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2">
      <span>
        <strong>{name}</strong> until <VenueTime at={lock.until} /> UTC
        {lock.reason !== null && <span className="text-muted"> – {lock.reason}</span>}
      </span>
      <button
        type="button"
        className="button"
        aria-label={`Unlock ${name}`}
        disabled={isPending}
        onClick={() => ask({ kind: "unlock-pair", pair: lock.pair })}
      >
        Unlock
      </button>
      {error !== null && (
        <span role="alert" className="basis-full text-sm text-loss">
          {error}
        </span>
      )}
    </li>
  );
};

/** The pairs that the trader keeps the bot from entering; nothing where there is none. Follows live. */
export const LocksPanel = ({ bot, initial }: { readonly bot: BotDetail; readonly initial: LockView[] }) => {
  const trpc = useTRPC();
  const query = useQuery({ ...trpc.commands.locks.queryOptions({ botId: bot.id }), initialData: initial });
  const { data: locks, isError, refetch } = query;
  if (locks.length === 0 && !isError) return null;
  return (
    <Panel title="Locked pairs" note="It does not enter them; what it holds goes on">
      {isError && <ErrorState title="The locks could not be refreshed." onRetry={() => void refetch()} />}
      <ul className="divide-y divide-line">
        {locks.map((lock) => (
          <Lock key={lock.pair} botId={bot.id} lock={lock} />
        ))}
      </ul>
    </Panel>
  );
};
