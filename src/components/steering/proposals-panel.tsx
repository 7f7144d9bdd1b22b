"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Panel } from "~/components/ui/panel";
import { EmptyState, ErrorState } from "~/components/ui/states";
import type { CommandView } from "~/contracts/command-view";
import type { Proposals, ProposalView } from "~/contracts/proposal-view";
import { useTRPC } from "~/trpc/react";
import { EndedProposals } from "./ended-proposals";
import { ProposalCard } from "./proposal-card";
import { OutcomeNotice } from "./outcome-notice";
import { describeOutcome, noteWord, type SaidWord } from "./proposal-outcome";

type ProposalsPanelProps = {
  /** Null: of all bots, of which only what is open is shown. */
  readonly botId: string | null;
  readonly initial: Proposals;
  /** Whether the bot asks its trader: the panel then stands there also while nothing waits. */
  readonly isAsking?: boolean;
};

type OpenProposalsProps = {
  readonly proposals: Proposals["open"];
  readonly onAnswer: (proposal: ProposalView, command: CommandView) => void;
};

const OpenProposals = ({ proposals, onAnswer }: OpenProposalsProps) =>
  proposals.length === 0 ? (
    <EmptyState title="Nothing waits for you">
      When its rules want an entry that the risk gate lets pass, it stands here for you to accept or decline.
    </EmptyState>
  ) : (
    <ul className="divide-y divide-line">
      {proposals.map((proposal) => (
        <ProposalCard key={proposal.id} proposal={proposal} onAnswer={(command) => onAnswer(proposal, command)} />
      ))}
    </ul>
  );

/** What came of the trader's last word on this page, until it is dismissed or another proposal comes. */
const useLastWord = (data: Proposals) => {
  const [word, setWord] = useState<SaidWord | null>(null);
  return {
    outcome: word && describeOutcome(word, data),
    note: (proposal: ProposalView, command: CommandView): void => setWord(noteWord(proposal, command, data.open)),
    dismiss: (): void => setWord(null),
  };
};

/** Entries that wait for the trader's word, and what came of earlier ones. Follows live. */
export const ProposalsPanel = ({ botId, initial, isAsking = false }: ProposalsPanelProps) => {
  const trpc = useTRPC();
  const query = useQuery({
    ...trpc.proposals.list.queryOptions(botId === null ? {} : { botId }),
    initialData: initial,
  });
  const { data, isError, refetch } = query;
  const { outcome, note, dismiss } = useLastWord(data);
  const ended = botId === null ? [] : data.ended;
  const says = [isAsking, isError, outcome !== null, data.open.length > 0, ended.length > 0];
  if (!says.includes(true)) return null;
  return (
    <Panel title="Proposals" note="Entries that wait for your word; closes never wait">
      {isError && <ErrorState title="The proposals could not be refreshed." onRetry={() => void refetch()} />}
      {outcome !== null && <OutcomeNotice key={outcome} text={outcome} onDismiss={dismiss} />}
      <OpenProposals proposals={data.open} onAnswer={note} />
      {ended.length > 0 && <EndedProposals proposals={ended} />}
    </Panel>
  );
};
