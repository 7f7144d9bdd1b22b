import type { Metadata } from "next";
import { getApi } from "~/trpc/server";
import { BotList } from "./_components/bot-list";

export const metadata: Metadata = { title: "Bots" };

export default async function BotsPage() {
  const { call } = await getApi();
  const bots = await call.bots.list();
  return (
    <>
      <h1 className="mb-4 text-xl font-semibold">Bots</h1>
      <BotList initial={bots} />
    </>
  );
}
