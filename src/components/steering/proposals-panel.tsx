"use client";

import { useQuery } from "@tanstack/react-query";
import { Panel } from "~/components/ui/panel";
import { EmptyState, ErrorState } from "~/components/ui/states";
import type { Proposals } from "~/contracts/proposal-view";
import { useTRPC } from "~/trpc/react";
import { EndedProposals } from "./ended-proposals";
import { ProposalCard } from "./proposal-card";

type ProposalsPanelProps = {
  /** Null: of all bots, of which only what is open is shown. */
  readonly botId: string | null;
  readonly initial: Proposals;
  /** Whether the bot asks its trader: the panel then stands there also while nothing waits. */
  readonly isAsking?: boolean;
};

const OpenProposals = ({ proposals }: { readonly proposals: Proposals["open"] }) =>
  proposals.length > 0 && (
    <ul className="divide-y divide-line">
      {proposals.map((proposal) => (
        <ProposalCard key={proposal.id} proposal={proposal} />
      ))}
    </ul>
  );

/** Entries that wait for the trader's word, and what came of earlier ones. Follows live. */
export const ProposalsPanel = ({ botId, initial, isAsking = false }: ProposalsPanelProps) => {
  const trpc = useTRPC();
  const query = useQuery({
    ...trpc.proposals.list.queryOptions(botId === null ? {} : { botId }),
    initialData: initial,
  });
  const { data, isError, refetch } = query;
  const ended = botId === null ? [] : data.ended;
  if (data.open.length + ended.length === 0 && !isAsking && !isError) return null;
  return (
    <Panel title="Proposals" note="Entries that wait for your word; closes never wait">
      {isError && <ErrorState title="The proposals could not be refreshed." onRetry={() => void refetch()} />}
      {data.open.length === 0 && (
        <EmptyState title="Nothing waits for you">
          When its rules want an entry that the risk gate lets pass, it stands here for you to accept or decline.
        </EmptyState>
      )}
      <OpenProposals proposals={data.open} />
      {ended.length > 0 && <EndedProposals proposals={ended} />}
    </Panel>
  );
};
