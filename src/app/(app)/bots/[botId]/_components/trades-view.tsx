"use client";

import { useQuery } from "@tanstack/react-query";
import { useSteadyRows } from "~/components/live/use-steady-rows";
import { ExportLinks } from "~/components/trading/export-links";
import { WaitingRows } from "~/components/live/waiting-rows";
import { Amount, Exact, Pnl, PnlPercent, Price } from "~/components/ui/amount";
import { Panel } from "~/components/ui/panel";
import { EmptyState, ErrorState } from "~/components/ui/states";
import { Cell, HeadCell, Row, RowHead, Table } from "~/components/ui/table";
import { VenueTime } from "~/components/ui/venue-time";
import type { TradeRow } from "~/contracts/bot-detail";
import { describeExit } from "~/trading/execution/describe-exit";
import { useTRPC } from "~/trpc/react";
import { CellLink } from "~/components/ui/cell-link";
import type { Page } from "~/contracts/list-page";
import { ListPager } from "~/components/lists/list-pager";
import { PAGE_ROWS } from "./page-rows";
import { TradeChoices } from "./trade-choices";
import { tradesHref, type TradeListing } from "./trade-list-address";
import { HistoryBadge } from "~/components/trading/history-badge";
import { SideWord } from "~/components/trading/side-word";

const TradeLine = ({ trade }: { readonly trade: TradeRow }) => (
  <Row>
    <RowHead>
      <span className="flex flex-wrap items-center gap-x-2">
        <CellLink href={`/positions/${trade.positionId}`}>
          <VenueTime at={trade.exitedAt} />
        </CellLink>
        {trade.isHistory && <HistoryBadge />}
      </span>
      {/* On a narrow screen the result's column is out of sight, so the first column shows it too. */}
      <span className="block font-normal sm:hidden">
        <Pnl value={trade.pnl.net} />
      </span>
    </RowHead>
    <Cell>
      {trade.pair}
      <span className="block text-xs text-muted">
        <SideWord side={trade.side} /> <Exact value={trade.quantity} />
      </span>
    </Cell>
    <Cell isNumber>
      <Price value={trade.entryPrice} digits={trade.priceDigits} />
      <span className="block text-xs text-muted">
        <VenueTime at={trade.enteredAt} />
      </span>
    </Cell>
    <Cell isNumber>
      <Price value={trade.exitPrice} digits={trade.priceDigits} />
      <span className="block text-xs text-muted">{describeExit(trade.exitReason)}</span>
    </Cell>
    <Cell isNumber>
      <Amount value={trade.pnl.gross} />
    </Cell>
    <Cell isNumber>
      <Amount value={trade.pnl.slippage} />
    </Cell>
    <Cell isNumber>
      <Amount value={trade.pnl.fees} />
    </Cell>
    <Cell isNumber>
      <Amount value={trade.pnl.funding} />
    </Cell>
    <Cell isNumber>
      <Pnl value={trade.pnl.net} />
      <span className="block text-xs">
        <PnlPercent value={trade.returnOnMargin} />
      </span>
    </Cell>
  </Row>
);

const TradesTable = ({ trades, currency }: { readonly trades: readonly TradeRow[]; readonly currency: string }) => (
  <Table caption={`Closed trades, money in ${currency}`} minWidth="min-w-[60rem]">
    <thead>
      <tr>
        <HeadCell>Closed (UTC)</HeadCell>
        <HeadCell>Trade</HeadCell>
        <HeadCell isNumber>Entry (UTC)</HeadCell>
        <HeadCell isNumber>Exit</HeadCell>
        <HeadCell isNumber>Gross</HeadCell>
        <HeadCell isNumber>− Slippage</HeadCell>
        <HeadCell isNumber>− Fees</HeadCell>
        <HeadCell isNumber>+ Funding</HeadCell>
        <HeadCell isNumber>= Net, of margin</HeadCell>
      </tr>
    </thead>
    <tbody>
      {trades.map((trade) => (
        <TradeLine key={trade.positionId} trade={trade} />
      ))}
    </tbody>
  </Table>
);

const idOf = ({ positionId }: TradeRow): string => positionId;

type TradesViewProps = {
  readonly botId: string;
  readonly currency: string;
  /** It paid a model, which no trade has in it. */
  readonly isBeforeModel: boolean;
  readonly listing: TradeListing;
  readonly cursor: string | undefined;
  readonly page: Page<TradeRow>;
};

/** Closed trades, page by page, each with what its result is made of. Follows live. */
export const TradesView = ({ botId, currency, isBeforeModel, listing, cursor, page }: TradesViewProps) => {
  const trpc = useTRPC();
  const input = { botId, ...listing, cursor, limit: PAGE_ROWS };
  const { data, isError, refetch } = useQuery({ ...trpc.bots.trades.queryOptions(input), initialData: page });
  const { shown: trades, waiting, show, frame } = useSteadyRows(data.items, idOf);
  const isFiltered = listing.side !== "all" || listing.result !== "all";
  return (
    <Panel
      title="Closed trades"
      note={`Money in ${currency}, net of slippage, fees and funding${isBeforeModel ? ", before what its model cost" : ""}`}
      corner={<WaitingRows count={waiting} name="trades" onShow={show} />}
      actions={
        <div className="flex flex-wrap gap-x-4">
          <ExportLinks kind="trades" botId={botId} />
          <ExportLinks kind="fills" botId={botId} />
        </div>
      }
      isFlush
    >
      <TradeChoices botId={botId} listing={listing} />
      {isError && <ErrorState title="The trades could not be refreshed." onRetry={() => void refetch()} />}
      {trades.length === 0 ? (
        <EmptyState title={isFiltered ? "No such trade" : "No closed trade yet"}>
          A trade appears here when its position is closed.
        </EmptyState>
      ) : (
        <div {...frame}>
          <TradesTable trades={trades} currency={currency} />
        </div>
      )}
      <ListPager name="trades" href={tradesHref(botId, listing)} cursor={cursor} page={data}>
        {trades.length} trades on this page
      </ListPager>
    </Panel>
  );
};
