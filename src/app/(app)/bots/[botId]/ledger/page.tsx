import type { Metadata } from "next";
import Link from "next/link";
import { cache } from "react";
import { SIGNS } from "~/components/trading/ledger-words";
import { orNotFound } from "~/trpc/or-not-found";
import { getApi } from "~/trpc/server";
import { cursorOf } from "~/components/lists/with-params";
import { PAGE_ROWS } from "../_components/page-rows";
import { accountOf } from "./_components/account-filter";
import { BalancesPanel } from "./_components/balances-panel";
import { EntriesPanel } from "./_components/entries-panel";

/** Read once for a page and its title. */
const readBot = cache(async (botId: string) => {
  const { call } = await getApi();
  return orNotFound(call.bots.byId({ botId }));
});

export async function generateMetadata({ params }: PageProps<"/bots/[botId]/ledger">): Promise<Metadata> {
  const { name } = await readBot((await params).botId);
  return { title: `Ledger of ${name}` };
}

export default async function LedgerPage({ params, searchParams }: PageProps<"/bots/[botId]/ledger">) {
  const [{ botId }, query] = await Promise.all([params, searchParams]);
  const bot = await readBot(botId);
  const account = accountOf(query["account"]);
  const cursor = cursorOf(query);
  const { call } = await getApi();
  const [balances, entries] = await Promise.all([
    call.ledger.balances({ botId }),
    orNotFound(call.ledger.list({ botId, account, cursor, limit: PAGE_ROWS })),
  ]);
  return (
    <>
      <h1 className="text-xl font-semibold">Ledger</h1>
      <p className="text-sm text-muted">
        of{" "}
        <Link href={`/bots/${bot.id}`} className="link inline-flex min-h-6 items-center">
          {bot.name}
        </Link>
        , in {bot.venue.isSimulated ? "market" : "venue"} time.
      </p>
      <p className="mt-1 mb-4 text-sm">{SIGNS}</p>
      <div className="grid gap-6">
        <BalancesPanel botId={bot.id} initial={balances} />
        <EntriesPanel key={`${account} ${cursor}`} botId={bot.id} account={account} cursor={cursor} page={entries} />
      </div>
    </>
  );
}
