"use client";

import { useQuery } from "@tanstack/react-query";
import { NoBots } from "~/components/trading/no-bots";
import { ErrorState } from "~/components/ui/states";
import type { BotRow } from "~/contracts/bot-row";
import { useTRPC } from "~/trpc/react";
import { BotCard } from "./bot-card";
import { BotTable } from "./bot-table";

/** The user's bots: a table where there is room for it, cards where not. Follows live. */
export const BotList = ({ initial }: { readonly initial: BotRow[] }) => {
  const trpc = useTRPC();
  const query = useQuery({ ...trpc.bots.list.queryOptions(), initialData: initial });
  const { data: bots, isError, refetch } = query;
  if (bots.length === 0) return <NoBots />;
  return (
    <>
      {isError && <ErrorState title="The bots could not be read again." onRetry={() => void refetch()} />}
      <div className="hidden rounded-md border border-line bg-panel xl:block">
        <BotTable bots={bots} />
      </div>
      <ul className="grid gap-4 md:grid-cols-2 xl:hidden">
        {bots.map((bot) => (
          <BotCard key={bot.id} bot={bot} />
        ))}
      </ul>
    </>
  );
};
