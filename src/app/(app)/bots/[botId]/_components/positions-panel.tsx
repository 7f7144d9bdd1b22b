"use client";

import { useQuery } from "@tanstack/react-query";
import { useSteadyRows } from "~/components/live/use-steady-rows";
import { WaitingRows } from "~/components/live/waiting-rows";
import { Pnl } from "~/components/ui/amount";
import { Panel } from "~/components/ui/panel";
import { Stat, StatGrid } from "~/components/ui/stat";
import { EmptyState, ErrorState } from "~/components/ui/states";
import type { OpenPositions } from "~/contracts/bot-detail";
import { useTRPC } from "~/trpc/react";
import { PositionsTable } from "./positions-table";

/** A position without a stop counts with its full value, and the note says so. */
const together = ({ withoutStop }: OpenPositions, note: string): string =>
  withoutStop === 0 ? note : `${note}; ${withoutStop} without a stop, in full`;

const Together = ({ open, currency }: { readonly open: OpenPositions; readonly currency: string }) => (
  <div className="px-4 pb-4">
    <StatGrid>
      <Stat label="Unrealised, together" note="At the mark prices shown below">
        <Pnl value={open.unrealized} currency={currency} />
      </Stat>
      <Stat label="If every stop fills" note={together(open, "From the mark prices, with fees")}>
        <Pnl value={open.lossIfEveryStopFills} currency={currency} />
      </Stat>
      <Stat label="With a 5 % gap" note={together(open, "Prices jump beyond every stop")}>
        <Pnl value={open.lossWithGap} currency={currency} />
      </Stat>
    </StatGrid>
  </div>
);

const idOf = ({ id }: OpenPositions["positions"][number]): string => id;

type PositionsPanelProps = {
  readonly botId: string;
  readonly currency: string;
  readonly initial: OpenPositions;
};

/** What the bot holds now and what that may still cost. Follows live. */
export const PositionsPanel = ({ botId, currency, initial }: PositionsPanelProps) => {
  const trpc = useTRPC();
  const query = useQuery({ ...trpc.bots.positions.queryOptions({ botId }), initialData: initial });
  const { data: open, isError, refetch } = query;
  const { shown: positions, waiting, show, frame } = useSteadyRows(open.positions, idOf);
  return (
    <Panel
      title="Open positions"
      note={`Money in ${currency}; losses are measured from the mark price, not from the entry`}
      corner={<WaitingRows count={waiting} name="positions" onShow={show} />}
      isFlush
    >
      {isError && <ErrorState title="The positions could not be refreshed." onRetry={() => void refetch()} />}
      {positions.length === 0 ? (
        <EmptyState title="No open position">
          An entry that passes the risk gate appears here, with its stop and its possible loss.
        </EmptyState>
      ) : (
        <>
          <Together open={open} currency={currency} />
          <div {...frame}>
            <PositionsTable positions={positions} currency={currency} />
          </div>
        </>
      )}
    </Panel>
  );
};
