import type { Metadata } from "next";
import { cursorOf } from "~/components/lists/with-params";
import { orNotFound } from "~/trpc/or-not-found";
import { getApi } from "~/trpc/server";
import { BotList } from "./_components/bot-list";
import { botListHref, listingOf } from "./_components/bot-list-address";

export const metadata: Metadata = { title: "Bots" };

export default async function BotsPage({ searchParams }: PageProps<"/bots">) {
  const query = await searchParams;
  const [listing, cursor] = [listingOf(query), cursorOf(query)];
  const { call } = await getApi();
  const [page, totals] = await Promise.all([
    // A cursor that no page gave names no page.
    orNotFound(call.bots.list({ ...listing, cursor })),
    call.bots.totals(),
  ]);
  return <BotList key={`${botListHref(listing)} ${cursor ?? ""}`} {...{ listing, cursor, page, totals }} />;
}
