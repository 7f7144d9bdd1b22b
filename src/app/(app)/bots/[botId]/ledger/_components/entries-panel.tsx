"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useSteadyRows } from "~/components/live/use-steady-rows";
import { WaitingRows } from "~/components/live/waiting-rows";
import { AllDigits } from "~/components/trading/all-digits";
import { ExportLinks } from "~/components/trading/export-links";
import { Panel } from "~/components/ui/panel";
import { EmptyState, ErrorState } from "~/components/ui/states";
import type { LedgerLine } from "~/contracts/position-view";
import { useTRPC } from "~/trpc/react";
import { ListPager } from "~/components/lists/list-pager";
import type { Page } from "~/contracts/list-page";
import { PAGE_ROWS } from "../../_components/page-rows";
import { ledgerHref } from "./account-filter";
import { AccountTabs } from "./account-tabs";
import { EntriesTable } from "./entries-table";

const idOf = ({ id }: LedgerLine): string => id;

type EntriesPanelProps = {
  readonly botId: string;
  readonly account: LedgerLine["account"] | undefined;
  readonly cursor: string | undefined;
  readonly page: Page<LedgerLine>;
};

/** The lines of a bot's ledger, newest first. Follows live. */
export const EntriesPanel = ({ botId, account, cursor, page }: EntriesPanelProps) => {
  const trpc = useTRPC();
  const [isExact, setExact] = useState(false);
  const input = { botId, account, cursor, limit: PAGE_ROWS };
  const { data, isError, refetch } = useQuery({ ...trpc.ledger.list.queryOptions(input), initialData: page });
  const { shown: lines, waiting, show, frame } = useSteadyRows(data.items, idOf);
  return (
    <Panel
      title="Entries"
      note="Newest booking first; the lines of a transaction are kept together"
      corner={
        <div className="flex items-center gap-3">
          <WaitingRows count={waiting} name="entries" onShow={show} />
          <AllDigits isOn={isExact} onChange={setExact} />
        </div>
      }
      actions={<ExportLinks kind="ledger" botId={botId} filters={{ account }} />}
      isFlush
    >
      <div className="px-4 pb-3">
        <AccountTabs botId={botId} account={account} />
      </div>
      {isError && <ErrorState title="The entries could not be refreshed." onRetry={() => void refetch()} />}
      {lines.length === 0 ? (
        <EmptyState title="No entry here">An entry appears when something is booked on this account.</EmptyState>
      ) : (
        <div {...frame}>
          <EntriesTable lines={lines} isExact={isExact} />
        </div>
      )}
      <ListPager name="entries" href={ledgerHref(botId, account)} cursor={cursor} page={data}>
        {lines.length} entries on this page, newest first
      </ListPager>
    </Panel>
  );
};
