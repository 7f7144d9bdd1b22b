import type { Metadata } from "next";
import { getApi } from "~/trpc/server";
import { BotList } from "./_components/bot-list";

export const metadata: Metadata = { title: "Bots" };

export default async function BotsPage() {
  const { call } = await getApi();
  const bots = await call.bots.list();
  return <BotList initial={bots} />;
}
