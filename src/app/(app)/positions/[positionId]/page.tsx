import type { Metadata } from "next";
import { cache } from "react";
import { orNotFound } from "~/trpc/or-not-found";
import { getApi } from "~/trpc/server";
import { PositionContent } from "./_components/position-content";

/** Read once for a page and its title. */
const readPosition = cache(async (positionId: string) => {
  const { call } = await getApi();
  return orNotFound(call.positions.byId({ positionId }));
});

export async function generateMetadata({ params }: PageProps<"/positions/[positionId]">): Promise<Metadata> {
  const { pair, side, bot } = await readPosition((await params).positionId);
  return { title: `${pair} ${side}, ${bot.name}` };
}

export default async function PositionPage({ params }: PageProps<"/positions/[positionId]">) {
  return <PositionContent initial={await readPosition((await params).positionId)} />;
}
