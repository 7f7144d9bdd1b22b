import { createHash } from "node:crypto";
import type { Metadata } from "next";
import Link from "next/link";
import { cache } from "react";
import { EmptyState } from "~/components/ui/states";
import { orNotFound } from "~/trpc/or-not-found";
import { getApi } from "~/trpc/server";
import { LazyEditForm } from "./_components/lazy-edit-form";

/** Read once for a page and its title. */
const readBot = cache(async (botId: string) => {
  const { call } = await getApi();
  return orNotFound(call.bots.editable({ botId }));
});

const OWNER_LENGTH = 12;

/** Tells the drafts of users apart who share a browser, and names none of them. */
const ownerOf = (email: string): string => createHash("sha256").update(email).digest("hex").slice(0, OWNER_LENGTH);

export async function generateMetadata({ params }: PageProps<"/bots/[botId]/edit">): Promise<Metadata> {
  const { name } = await readBot((await params).botId);
  return { title: `Edit ${name}` };
}

export default async function EditBotPage({ params }: PageProps<"/bots/[botId]/edit">) {
  const bot = await readBot((await params).botId);
  const { call } = await getApi();
  const [choices, { email }] = await Promise.all([call.bots.choices(), call.auth.me()]);
  const venue = choices.venues.find(({ id }) => id === bot.venueId);
  const back = (
    <Link href={`/bots/${bot.botId}`} className="link inline-flex min-h-6 items-center">
      {bot.name}
    </Link>
  );
  return (
    <>
      <h1 className="mb-1 text-xl font-semibold">Edit bot</h1>
      <p className="mb-4 text-sm text-muted">
        {back}, version {bot.version} of its settings. What you save is in force from its next cycle on; a cycle that is
        under way ends as it began.
      </p>
      {bot.isArchived || !venue ? (
        <EmptyState title={bot.isArchived ? "This bot is archived" : "Its market is not running"}>
          {bot.isArchived
            ? "Its settings stay as they are. Copy it into a new bot to go on with them."
            : "Its settings can be changed once its market runs again."}
        </EmptyState>
      ) : (
        <LazyEditForm key={bot.version} bot={bot} choices={choices} owner={ownerOf(email)} />
      )}
    </>
  );
}
