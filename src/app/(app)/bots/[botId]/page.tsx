import type { Metadata } from "next";
import { cache } from "react";
import { orNotFound } from "~/trpc/or-not-found";
import { getApi } from "~/trpc/server";
import { BotHead } from "./_components/bot-head";
import { ViewContent } from "./_components/view-content";
import { ViewTabs } from "./_components/view-tabs";
import { viewOf } from "./_components/views";

/** Read once for a page and its title. */
const readBot = cache(async (botId: string) => {
  const { call } = await getApi();
  return orNotFound(call.bots.byId({ botId }));
});

export async function generateMetadata({ params }: PageProps<"/bots/[botId]">): Promise<Metadata> {
  const { name } = await readBot((await params).botId);
  return { title: name };
}

export default async function BotPage({ params, searchParams }: PageProps<"/bots/[botId]">) {
  const [{ botId }, query] = await Promise.all([params, searchParams]);
  const bot = await readBot(botId);
  const view = viewOf(query["view"]);
  return (
    <>
      <BotHead initial={bot} />
      <div className="mt-6 mb-4">
        <ViewTabs botId={bot.id} view={view} />
      </div>
      <ViewContent view={view} bot={bot} query={query} />
    </>
  );
}
