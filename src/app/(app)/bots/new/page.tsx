import { createHash } from "node:crypto";
import type { Metadata } from "next";
import { EmptyState } from "~/components/ui/states";
import { BOT_PRESETS } from "~/trading/bot-presets";
import { getApi } from "~/trpc/server";
import { LazyForm } from "./_components/lazy-form";

export const metadata: Metadata = { title: "New bot" };

const [{ name: START }] = BOT_PRESETS;
const OWNER_LENGTH = 12;

/** Tells the drafts of users apart who share a browser, and names none of them. */
const ownerOf = (email: string): string => createHash("sha256").update(email).digest("hex").slice(0, OWNER_LENGTH);

export default async function NewBotPage() {
  const { call } = await getApi();
  const [choices, template, { email }] = await Promise.all([
    call.bots.choices(),
    call.bots.template({ from: "preset", name: START }),
    call.auth.me(),
  ]);
  return (
    <>
      <h1 className="mb-1 text-xl font-semibold">New bot</h1>
      <p className="mb-4 text-sm text-muted">
        It trades with paper money on real or replayed prices. Change what you like; what is left as it is works.
      </p>
      {choices.venues.length === 0 ? (
        <EmptyState title="No market is open">
          A bot needs a market: start the demo market, or open OKX with the command bot:create.
        </EmptyState>
      ) : (
        <LazyForm choices={choices} start={START} template={template} owner={ownerOf(email)} />
      )}
    </>
  );
}
