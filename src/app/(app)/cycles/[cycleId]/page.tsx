import type { Metadata } from "next";
import { cache } from "react";
import { formatUtc } from "~/components/format/format-time";
import { orNotFound } from "~/trpc/or-not-found";
import { getApi } from "~/trpc/server";
import { CycleContent } from "./_components/cycle-content";

/** Read once for a page and its title. */
const readCycle = cache(async (cycleId: string) => {
  const { call } = await getApi();
  return orNotFound(call.cycles.byId({ cycleId }));
});

export async function generateMetadata({ params }: PageProps<"/cycles/[cycleId]">): Promise<Metadata> {
  const { bot, slot } = await readCycle((await params).cycleId);
  return { title: `Cycle ${formatUtc(slot)}, ${bot.name}` };
}

export default async function CyclePage({ params }: PageProps<"/cycles/[cycleId]">) {
  const { cycleId } = await params;
  const { call } = await getApi();
  const [cycle, model] = await Promise.all([readCycle(cycleId), orNotFound(call.models.ofCycle({ cycleId }))]);
  return <CycleContent initial={cycle} model={model} />;
}
