"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { EmptyState, ErrorState } from "~/components/ui/states";
import type { AccountList, FlowKind } from "~/contracts/accounts-view";
import { useTRPC } from "~/trpc/react";
import { AccountPanel } from "./account-panel";
import { MoveDialog } from "./move-dialog";
import { OpenDialog } from "./open-dialog";

type Asked = "open" | { readonly accountId: string; readonly kind: FlowKind };

const Head = ({ accountsLeft, venues, onOpen }: Omit<AccountList, "accounts"> & { readonly onOpen: () => void }) => (
  <div className="mb-4 flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
    <div>
      <h1 className="mb-1 text-xl font-semibold">Accounts</h1>
      <p className="text-sm text-muted">
        Paper money, and the bots that trade it. Moving it is no profit and no loss of theirs.
      </p>
    </div>
    {accountsLeft === 0 ? (
      <p className="text-sm text-muted">You have as many accounts as one user may have.</p>
    ) : (
      <button type="button" className="button button-primary" disabled={venues.length === 0} onClick={onOpen}>
        Open an account
      </button>
    )}
  </div>
);

/** All paper accounts of a user. Follows live. */
export const AccountsView = ({ initial }: { readonly initial: AccountList }) => {
  const trpc = useTRPC();
  const { data, isError, refetch } = useQuery({ ...trpc.accounts.list.queryOptions(), initialData: initial });
  const { accounts, ...rest } = data;
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = () => setAsked(null);
  const moved = asked === null || asked === "open" ? null : asked;
  const account = accounts.find(({ id }) => id === moved?.accountId);
  return (
    <>
      <Head {...rest} onOpen={() => setAsked("open")} />
      {isError && <ErrorState title="The accounts could not be refreshed." onRetry={() => void refetch()} />}
      {accounts.length === 0 && (
        <EmptyState title="No account yet">
          An account appears here when you open one, or with your first bot.
        </EmptyState>
      )}
      <div className="grid items-start gap-4 lg:grid-cols-2">
        {accounts.map((each) => (
          <AccountPanel key={each.id} account={each} onMove={(kind) => setAsked({ accountId: each.id, kind })} />
        ))}
      </div>
      {asked === "open" && <OpenDialog venues={data.venues} onClose={close} />}
      {account && moved && <MoveDialog account={account} kind={moved.kind} onClose={close} />}
    </>
  );
};
