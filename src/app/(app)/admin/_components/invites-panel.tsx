"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { formatUtc } from "~/components/format/format-time";
import { Badge, type Tone } from "~/components/ui/badge";
import { Panel } from "~/components/ui/panel";
import { EmptyState, ErrorState } from "~/components/ui/states";
import { Cell, HeadCell, Row, RowHead, Table } from "~/components/ui/table";
import type { InviteRow } from "~/contracts/people";
import { describeFailure } from "~/trpc/describe-failure";
import { useTRPC } from "~/trpc/react";
import { NewInvite } from "./new-invite";

const STATES: Readonly<Record<InviteRow["state"], { readonly name: string; readonly tone: Tone }>> = {
  open: { name: "Open", tone: "gain" },
  used: { name: "Used", tone: "neutral" },
  revoked: { name: "Taken back", tone: "warn" },
  expired: { name: "Too old", tone: "neutral" },
};

const NOTES = {
  open: "Anybody can register here now, without an invitation.",
  invite: "Each lets one person register.",
  closed: "Nobody can register here now: an invitation counts once registration is by invitation.",
} as const;

type InviteLineProps = { readonly invite: InviteRow; readonly isBusy: boolean; readonly onRevoke: () => void };

const InviteLine = ({ invite, isBusy, onRevoke }: InviteLineProps) => {
  const { name, tone } = STATES[invite.state];
  return (
    <Row>
      <RowHead>
        <span className="figure whitespace-nowrap">{formatUtc(invite.createdAt)}</span>
      </RowHead>
      <Cell>
        <Badge tone={tone}>{name}</Badge>
        {invite.usedBy !== null && <span className="block text-xs break-all text-muted">by {invite.usedBy}</span>}
      </Cell>
      <Cell className="figure whitespace-nowrap">{formatUtc(invite.expiresAt)}</Cell>
      <Cell>
        {invite.state === "open" && (
          <button
            type="button"
            className="button"
            disabled={isBusy}
            aria-label={`Take back the invitation of ${formatUtc(invite.createdAt)}`}
            onClick={onRevoke}
          >
            Take back
          </button>
        )}
      </Cell>
    </Row>
  );
};

type InvitesPanelProps = { readonly initial: InviteRow[]; readonly registration: keyof typeof NOTES };

/** The invitations that are open, the last ones that were, and a way to make one. */
export const InvitesPanel = ({ initial, registration }: InvitesPanelProps) => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data, isError, refetch } = useQuery({ ...trpc.admin.invites.queryOptions(), initialData: initial });
  const revoke = useMutation(
    trpc.admin.revokeInvite.mutationOptions({
      onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.admin.invites.queryKey() }),
    }),
  );
  return (
    <Panel title="Invitations" note={NOTES[registration]} isFlush>
      <NewInvite />
      {isError && <ErrorState title="The invitations could not be refreshed." onRetry={() => void refetch()} />}
      {revoke.error && <ErrorState title="It was not taken back." message={describeFailure(revoke.error)} />}
      {data.length === 0 ? (
        <EmptyState title="No invitation yet">One appears here when you make it.</EmptyState>
      ) : (
        <Table caption="Invitations, open ones first" minWidth="min-w-[32rem]">
          <thead>
            <tr>
              <HeadCell>Made (UTC)</HeadCell>
              <HeadCell>State</HeadCell>
              <HeadCell>Counts until (UTC)</HeadCell>
              <HeadCell>Actions</HeadCell>
            </tr>
          </thead>
          <tbody>
            {data.map((invite) => (
              <InviteLine
                key={invite.id}
                invite={invite}
                isBusy={revoke.isPending}
                onRevoke={() => revoke.mutate({ inviteId: invite.id })}
              />
            ))}
          </tbody>
        </Table>
      )}
    </Panel>
  );
};
