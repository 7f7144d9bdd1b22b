import type { Metadata } from "next";
import { getApi } from "~/trpc/server";
import { OverviewPanels } from "./_components/overview-panels";

export const metadata: Metadata = { title: "Overview" };

export default async function OverviewPage() {
  const { call } = await getApi();
  const [overview, proposals] = await Promise.all([call.overview.get(), call.proposals.list({})]);
  const bots = await call.bots.rows({ botIds: overview.lines.map(({ botId }) => botId) });
  return (
    <>
      <h1 className="mb-4 text-xl font-semibold">Overview</h1>
      <OverviewPanels initial={overview} initialBots={bots} proposals={proposals} />
    </>
  );
}
