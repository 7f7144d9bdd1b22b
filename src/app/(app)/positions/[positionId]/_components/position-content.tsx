"use client";

import { useQuery } from "@tanstack/react-query";
import { OrdersTable } from "~/components/trading/orders-table";
import { SIGNS } from "~/components/trading/ledger-words";
import { Panel } from "~/components/ui/panel";
import { EmptyState, ErrorState } from "~/components/ui/states";
import type { PositionView } from "~/contracts/position-view";
import { useTRPC } from "~/trpc/react";
import { PnlPanel } from "./pnl-panel";
import { PositionHead } from "./position-head";
import { PriceScale } from "./price-scale";
import { Timeline } from "./timeline";
import { TransactionsTable } from "./transactions-table";

/** Without a stop nothing bounds the loss. */
const levelsNote = ({ stopLoss, closed }: PositionView): string => {
  if (stopLoss !== null) return "Between stop and target";
  return closed ? "Held without a stop" : "No stop: everything can be lost";
};

const ExitList = ({ exits, closed }: Pick<PositionView, "exits" | "closed">) =>
  exits.length === 0 ? null : (
    <div className="mt-3 text-sm">
      {closed && <p className="text-muted">At its end, its exit plan was</p>}
      <ul className="grid gap-1">
        {exits.map((exit) => (
          <li key={exit}>{exit}</li>
        ))}
      </ul>
    </div>
  );

/** A position from its entry to its end, with all that made it. Follows live while it is open. */
export const PositionContent = ({ initial }: { readonly initial: PositionView }) => {
  const trpc = useTRPC();
  const query = trpc.positions.byId.queryOptions({ positionId: initial.id });
  const { data: position, isError, refetch } = useQuery({ ...query, initialData: initial });
  const { bot, orders, ledger } = position;
  const time = bot.isSimulated ? "market time" : "venue time";
  return (
    <>
      <PositionHead position={position} />
      {isError && <ErrorState title="The position could not be refreshed." onRetry={() => void refetch()} />}
      <div className="mt-6 grid gap-6 lg:grid-cols-2">
        <Panel title="From entry to exit" note={`In ${time}, UTC`}>
          <Timeline position={position} />
        </Panel>
        <div className="grid content-start gap-6">
          <Panel title="Result" note="What the P&L is made of">
            <PnlPanel position={position} />
          </Panel>
          <Panel title="Prices" note={levelsNote(position)}>
            <PriceScale position={position} />
            <ExitList {...position} />
            {position.closedEarlyIf.length > 0 && (
              <p className="mt-3 text-sm">
                <span className="text-muted">{position.closed ? "To be closed early if" : "Closed early if"}</span>{" "}
                {position.closedEarlyIf.join(", or ")}
              </p>
            )}
          </Panel>
        </div>
      </div>
      <div className="mt-6 grid gap-6">
        <Panel title="Orders" note={`Money in ${bot.currency}, times in ${time}`} isFlush>
          {orders.length === 0 ? (
            <EmptyState title="No orders are stored for this position" />
          ) : (
            <OrdersTable orders={orders} currency={bot.currency} withLinks={false} />
          )}
        </Panel>
        <div id="ledger" className="min-w-0 scroll-mt-4">
          <Panel title="Ledger" note={SIGNS} isFlush>
            {ledger.length === 0 ? (
              <EmptyState title="Nothing is booked for this position yet" />
            ) : (
              <TransactionsTable lines={ledger} currency={bot.currency} />
            )}
          </Panel>
        </div>
      </div>
    </>
  );
};
