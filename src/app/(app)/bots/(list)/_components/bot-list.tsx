"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { ListPager } from "~/components/lists/list-pager";
import { useSteadyRows } from "~/components/live/use-steady-rows";
import { WaitingRows } from "~/components/live/waiting-rows";
import { StopEverything } from "~/components/steering/stop-everything";
import { NoBots } from "~/components/trading/no-bots";
import { EmptyState, ErrorState } from "~/components/ui/states";
import type { BotPage, BotTotals } from "~/contracts/bot-list";
import type { BotRow } from "~/contracts/bot-row";
import { useTRPC } from "~/trpc/react";
import { BotCard } from "./bot-card";
import { botListHref, isFiltered, type BotListing } from "./bot-list-address";
import { BotListChoices } from "./bot-list-choices";
import { BotTable } from "./bot-table";
import { BotTotalsLine } from "./bot-totals-line";

const idOf = ({ id }: BotRow): string => id;

type BotListProps = {
  readonly listing: BotListing;
  readonly cursor: string | undefined;
  readonly page: BotPage;
  readonly totals: BotTotals;
};

/**
 * The bots of a page: which ones and in which order is read with the page and when bots come or go; their values follow
 * live, so that no row moves because another bot earned something.
 */
const useBots = ({ listing, cursor, page: initial }: BotListProps) => {
  const trpc = useTRPC();
  const list = useQuery({ ...trpc.bots.list.queryOptions({ ...listing, cursor }), initialData: initial });
  const { items } = list.data;
  const botIds = items.map(idOf);
  const rows = useQuery({
    ...trpc.bots.rows.queryOptions({ botIds }),
    ...(list.data === initial && { initialData: initial.items }),
    placeholderData: keepPreviousData,
  });
  const newest = new Map((rows.data ?? []).map((row) => [row.id, row]));
  return {
    page: list.data,
    bots: items.map((row) => newest.get(row.id) ?? row),
    isError: list.isError || rows.isError,
    readAgain: () => void Promise.all([list.refetch(), rows.refetch()]),
  };
};

const NothingFound = ({ listing }: { readonly listing: BotListing }) => (
  <div className="rounded-md border border-line bg-panel">
    <EmptyState title={isFiltered(listing) ? "No bot is like that" : "No bot here"}>
      <Link href="/bots" className="link inline-flex min-h-6 items-center">
        Show all bots
      </Link>
    </EmptyState>
  </div>
);

/** The user's bots, page by page: a table where there is room for it, cards where not. Follows live. */
export const BotList = (props: BotListProps) => {
  const { listing, cursor } = props;
  const trpc = useTRPC();
  const { page, bots: latest, isError, readAgain } = useBots(props);
  const { data: totals } = useQuery({ ...trpc.bots.totals.queryOptions(), initialData: props.totals });
  const { shown: bots, waiting, show, frame } = useSteadyRows(latest, idOf);
  if (totals.bots === 0) {
    return (
      <>
        <h1 className="mb-4 text-xl font-semibold">Bots</h1>
        <NoBots />
      </>
    );
  }
  return (
    <>
      {isError && <ErrorState title="The bots could not be refreshed." onRetry={readAgain} />}
      <div className="mb-2 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h1 className="text-xl font-semibold">Bots</h1>
        <div className="flex items-center gap-3">
          <WaitingRows count={waiting} name="bots" onShow={show} />
          <StopEverything totals={totals} />
          <Link href="/bots/new" className="button button-primary">
            New bot
          </Link>
        </div>
      </div>
      <BotTotalsLine totals={totals} />
      <BotListChoices listing={listing} />
      {bots.length === 0 ? (
        <NothingFound listing={listing} />
      ) : (
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
      )}
      <ListPager name="bots" href={botListHref(listing)} cursor={cursor} page={page}>
        {bots.length === 0 ? "None" : `${page.from} to ${page.from + page.items.length - 1}`} of {page.matching} bots
        {isFiltered(listing) && ` that match, of ${totals.bots}`}
      </ListPager>
    </>
  );
};
