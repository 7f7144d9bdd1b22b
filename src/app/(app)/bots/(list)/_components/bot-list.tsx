"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useSteadyRows } from "~/components/live/use-steady-rows";
import { WaitingRows } from "~/components/live/waiting-rows";
import { StopEverything } from "~/components/steering/stop-everything";
import { NoBots } from "~/components/trading/no-bots";
import { ErrorState } from "~/components/ui/states";
import type { BotRow } from "~/contracts/bot-row";
import { useTRPC } from "~/trpc/react";
import { BotCard } from "./bot-card";
import { BotTable } from "./bot-table";

const idOf = ({ id }: BotRow): string => id;

/** The user's bots: a table where there is room for it, cards where not. Follows live. */
export const BotList = ({ initial }: { readonly initial: BotRow[] }) => {
  const trpc = useTRPC();
  const query = useQuery({ ...trpc.bots.list.queryOptions(), initialData: initial });
  const { data, isError, refetch } = query;
  const { shown: bots, waiting, show, frame } = useSteadyRows(data, idOf);
  if (bots.length === 0) {
    return (
      <>
        <h1 className="mb-4 text-xl font-semibold">Bots</h1>
        <NoBots />
      </>
    );
  }
  return (
    <>
      {isError && <ErrorState title="The bots could not be refreshed." onRetry={() => void refetch()} />}
      <div className="mb-2 flex items-center justify-between gap-4">
        <h1 className="text-xl font-semibold">Bots</h1>
        <div className="flex items-center gap-3">
          <WaitingRows count={waiting} name="bots" onShow={show} />
          <StopEverything bots={data} />
          <Link href="/bots/new" className="button button-primary">
            New bot
          </Link>
        </div>
      </div>
      <div {...frame}>
        <div className="hidden rounded-md border border-line bg-panel xl:block">
          <BotTable bots={bots} />
        </div>
        <ul className="grid gap-4 md:grid-cols-2 xl:hidden">
          {bots.map((bot) => (
            <BotCard key={bot.id} bot={bot} />
          ))}
        </ul>
      </div>
    </>
  );
};
