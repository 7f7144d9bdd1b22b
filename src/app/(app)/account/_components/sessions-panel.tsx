"use client";

import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { PageButtons } from "~/components/lists/page-buttons";
import { formatUtc } from "~/components/format/format-time";
import { Age } from "~/components/ui/age";
import { Badge } from "~/components/ui/badge";
import { Panel } from "~/components/ui/panel";
import type { SessionView } from "~/contracts/account";
import type { Page } from "~/contracts/list-page";
import { describeFailure } from "~/trpc/describe-failure";
import { useTRPC } from "~/trpc/react";
import { countSessions } from "./count-sessions";

type SessionRowProps = {
  readonly session: SessionView;
  readonly isBusy: boolean;
  readonly onEnd: () => void;
};

const SessionRow = ({ session, isBusy, onEnd }: SessionRowProps) => (
  <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-t border-line px-4 py-3">
    <div className="min-w-0">
      <p className="flex flex-wrap items-center gap-x-2 font-semibold">
        {session.browser}
        {session.isThis && <Badge tone="gain">This browser</Badge>}
      </p>
      <p className="text-sm text-muted">
        Signed in <span className="figure">{formatUtc(session.createdAt)} UTC</span>, last used{" "}
        <Age since={session.lastSeenAt} />
      </p>
    </div>
    {!session.isThis && (
      <button
        type="button"
        className="button"
        disabled={isBusy}
        aria-label={`End the session of ${session.browser}, signed in ${formatUtc(session.createdAt)}`}
        onClick={onEnd}
      >
        End
      </button>
    )}
  </li>
);

const useEnding = () => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const onSettled = () => queryClient.invalidateQueries({ queryKey: trpc.account.sessions.queryKey() });
  const one = useMutation(trpc.account.endSession.mutationOptions({ onSettled }));
  const others = useMutation(trpc.account.endOtherSessions.mutationOptions({ onSettled }));
  return { one, others, isBusy: one.isPending || others.isPending, error: one.error ?? others.error };
};

/** Where one is signed in, and how to end it there. */
export const SessionsPanel = ({ initial }: { readonly initial: Page<SessionView> }) => {
  const trpc = useTRPC();
  const [cursor, setCursor] = useState<string | null>(null);
  const { data: page = initial } = useQuery({
    ...trpc.account.sessions.queryOptions({ cursor }),
    ...(cursor === null && { initialData: initial }),
    placeholderData: keepPreviousData,
  });
  const { one, others, isBusy, error } = useEnding();
  const isAlone = cursor === null && page.items.every(({ isThis }) => isThis);
  return (
    <Panel
      title="Sessions"
      note="Where you are signed in now. A session that ends is closed within seconds."
      isFlush
      actions={
        <button type="button" className="button" disabled={isBusy || isAlone} onClick={() => others.mutate()}>
          End all others
        </button>
      }
    >
      <ul>
        {page.items.map((session) => (
          <SessionRow
            key={session.id}
            session={session}
            isBusy={isBusy}
            onEnd={() => one.mutate({ sessionId: session.id })}
          />
        ))}
      </ul>
      <PageButtons name="sessions" cursor={cursor} page={page} onTurn={setCursor}>
        {cursor === null ? "Last used" : "Used before"}
      </PageButtons>
      <p role="status" className="px-4 pb-3 text-sm empty:hidden">
        {others.isSuccess && `${countSessions(others.data.ended)} ended.`}
      </p>
      {error !== null && (
        <p role="alert" className="px-4 pb-3 text-sm text-loss">
          {describeFailure(error)}
        </p>
      )}
    </Panel>
  );
};
