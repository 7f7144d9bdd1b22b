import { Decimal } from "decimal.js";
import { SideWord } from "~/components/trading/side-word";
import { Amount, Pnl, Price } from "~/components/ui/amount";
import { CellLink } from "~/components/ui/cell-link";
import { Cell, HeadCell, Row, RowHead, Table } from "~/components/ui/table";
import { VenueTime } from "~/components/ui/venue-time";
import type { CycleView } from "~/contracts/cycle-view";
import { describeExit } from "~/trading/execution/describe-exit";
import { CycleSection } from "./cycle-section";
import { stageOf, whyNothing } from "./stage-words";

type CycleProps = { readonly cycle: CycleView };

const Settled = ({ cycle: { settled, bot } }: CycleProps) => (
  <Table caption={`Positions closed by stop, target or liquidation, money in ${bot.currency}`} minWidth="min-w-[38rem]">
    <thead>
      <tr>
        <HeadCell>Closed (UTC)</HeadCell>
        <HeadCell>Position</HeadCell>
        <HeadCell>By</HeadCell>
        <HeadCell isNumber>Price</HeadCell>
        <HeadCell isNumber>Net</HeadCell>
      </tr>
    </thead>
    <tbody>
      {settled.map((exit) => (
        <Row key={exit.positionId}>
          <RowHead>
            <CellLink href={`/positions/${exit.positionId}`}>
              <VenueTime at={exit.exitedAt} />
            </CellLink>
          </RowHead>
          <Cell className="whitespace-nowrap">
            {exit.pair} <SideWord side={exit.side} />
          </Cell>
          <Cell>{describeExit(exit.exitReason)}</Cell>
          <Cell isNumber>
            <Price value={exit.exitPrice} digits={exit.priceDigits} />
          </Cell>
          <Cell isNumber>
            <Pnl value={exit.net} />
          </Cell>
        </Row>
      ))}
    </tbody>
  </Table>
);

const Equity = ({ cycle: { equity, equityBefore, bot } }: CycleProps) => {
  const before = (
    <>
      Equity at the slot before: <Amount value={equityBefore} currency={bot.currency} />
    </>
  );
  if (equity === null) return <p className="text-sm">{before}. None was recorded at this one.</p>;
  const change = equityBefore === null ? null : new Decimal(equity.equity).minus(equityBefore).toFixed();
  return (
    <p className="text-sm">
      {before}, at this one <Amount value={equity.equity} currency={bot.currency} />
      {change !== null && (
        <>
          , <Pnl value={change} currency={bot.currency} />
        </>
      )}
      .
    </p>
  );
};

/** What the bot held, and which positions protective exits closed in the cycle's span. */
export const PortfolioSection = ({ cycle }: CycleProps) => {
  const stage = stageOf(cycle, "read-portfolio");
  const hasEquity = cycle.equity !== null || cycle.equityBefore !== null;
  return (
    <CycleSection
      cycle={cycle}
      stage="read-portfolio"
      note="Stops, targets and liquidation do not wait for a decision. What they closed since the previous cycle"
      isFlush
    >
      {cycle.settled.length === 0 && !hasEquity ? null : (
        <>
          {cycle.settled.length > 0 ? (
            <Settled cycle={cycle} />
          ) : (
            <p className="px-4 text-sm text-muted">{whyNothing(cycle, stage)}</p>
          )}
          <div className="px-4 pt-2 pb-4">
            <Equity cycle={cycle} />
          </div>
        </>
      )}
    </CycleSection>
  );
};
