"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ProposalsPanel } from "~/components/steering/proposals-panel";
import type { Proposals } from "~/contracts/proposal-view";
import { NoBots } from "~/components/trading/no-bots";
import { ErrorState } from "~/components/ui/states";
import type { BotRow } from "~/contracts/bot-row";
import type { Overview } from "~/contracts/overview-view";
import { useTRPC } from "~/trpc/react";
import { ActivityPanel } from "./activity-panel";
import { AttentionPanel } from "./attention-panel";
import { BotsPanel } from "./bots-panel";
import { EquityPanel } from "./equity-panel";
import { OverviewStats } from "./overview-stats";

type OverviewPanelsProps = {
  readonly initial: Overview;
  readonly initialBots: BotRow[];
  readonly proposals: Proposals;
};

/** All of a user's bots at a glance. Follows live. */
export const OverviewPanels = ({ initial, initialBots, proposals }: OverviewPanelsProps) => {
  const trpc = useTRPC();
  const overviewQuery = useQuery({ ...trpc.overview.get.queryOptions(), initialData: initial });
  const { data: overview } = overviewQuery;
  const botsQuery = useQuery({
    ...trpc.bots.rows.queryOptions({ botIds: overview.lines.map(({ botId }) => botId) }),
    ...(overview === initial && { initialData: initialBots }),
    placeholderData: keepPreviousData,
  });
  const readAgain = (): void => {
    void overviewQuery.refetch();
    void botsQuery.refetch();
  };
  if (overview.bots === 0) return <NoBots />;
  return (
    <div className="grid gap-4">
      {(overviewQuery.isError || botsQuery.isError) && (
        <ErrorState
          title="The overview could not be refreshed."
          message="The figures below are from the last update."
          onRetry={readAgain}
        />
      )}
      <OverviewStats overview={overview} />
      <ProposalsPanel botId={null} initial={proposals} />
      <AttentionPanel items={overview.attention} count={overview.attentionCount} />
      <div className="grid items-start gap-4 lg:grid-cols-3">
        <div className="grid min-w-0 gap-4 lg:col-span-2">
          <EquityPanel lines={overview.lines} />
          <BotsPanel bots={botsQuery.data ?? initialBots} count={overview.bots} />
        </div>
        <ActivityPanel items={overview.activity} />
      </div>
    </div>
  );
};
