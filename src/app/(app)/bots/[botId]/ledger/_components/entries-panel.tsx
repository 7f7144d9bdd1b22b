"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useSteadyRows } from "~/components/live/use-steady-rows";
import { WaitingRows } from "~/components/live/waiting-rows";
import { AllDigits } from "~/components/trading/all-digits";
import { ExportLinks } from "~/components/trading/export-links";
import { Panel } from "~/components/ui/panel";
import { EmptyState } from "~/components/ui/states";
import type { LedgerLine } from "~/contracts/position-view";
import { useTRPC } from "~/trpc/react";
import { fromFirstPage, PAGE_ROWS, type ListPage } from "../../_components/first-page";
import { LoadMore } from "../../_components/load-more";
import { AccountTabs } from "./account-tabs";
import { EntriesTable } from "./entries-table";

const idOf = ({ id }: LedgerLine): string => id;

type EntriesPanelProps = {
  readonly botId: string;
  readonly account: LedgerLine["account"] | undefined;
  readonly first: ListPage<LedgerLine>;
};

/** The lines of a bot's ledger, newest first. Follows live. */
export const EntriesPanel = ({ botId, account, first }: EntriesPanelProps) => {
  const trpc = useTRPC();
  const [isExact, setExact] = useState(false);
  const input = { botId, account, limit: PAGE_ROWS };
  const query = useInfiniteQuery(trpc.ledger.list.infiniteQueryOptions(input, fromFirstPage(first)));
  const rows = query.data.pages.flatMap(({ items }) => items);
  const { shown: lines, waiting, show, frame } = useSteadyRows(rows, idOf);
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
      {lines.length === 0 ? (
        <EmptyState title="No entry here">An entry appears when something is booked on this account.</EmptyState>
      ) : (
        <div {...frame}>
          <EntriesTable lines={lines} isExact={isExact} />
        </div>
      )}
      {(lines.length > 0 || query.isError) && <LoadMore shown={lines.length} name="entries" query={query} />}
    </Panel>
  );
};
