import { Decimal } from "decimal.js";
import { SideWord } from "~/components/trading/side-word";
import { Amount, Exact, Pnl, Price } from "~/components/ui/amount";
import { CellLink } from "~/components/ui/cell-link";
import { Cell, HeadCell, Row, RowHead, Table } from "~/components/ui/table";
import { VenueTime } from "~/components/ui/venue-time";
import type { CycleView } from "~/contracts/cycle-view";
import { CycleSection } from "./cycle-section";
import { describeSettled } from "./describe-cycle";
import { stageOf, whyNothing } from "./stage-words";

type CycleProps = { readonly cycle: CycleView };

const Settled = ({ cycle: { settled, bot } }: CycleProps) => (
  <Table
    caption={`What stops, targets, liquidation and legs filled, money in ${bot.currency}`}
    minWidth="min-w-[44rem]"
  >
    <thead>
      <tr>
        <HeadCell>Filled (UTC)</HeadCell>
        <HeadCell>Position</HeadCell>
        <HeadCell>By</HeadCell>
        <HeadCell isNumber>Quantity</HeadCell>
        <HeadCell isNumber>Price</HeadCell>
        <HeadCell isNumber>Net of the trade</HeadCell>
      </tr>
    </thead>
    <tbody>
      {settled.map((fill) => (
        <Row key={fill.fillId}>
          <RowHead>
            <CellLink href={`/positions/${fill.positionId}`}>
              <VenueTime at={fill.filledAt} />
            </CellLink>
          </RowHead>
          <Cell className="whitespace-nowrap">
            {fill.pair} <SideWord side={fill.side} />
          </Cell>
          <Cell>{describeSettled(fill)}</Cell>
          <Cell isNumber>
            <Exact value={fill.quantity} />
          </Cell>
          <Cell isNumber>
            <Price value={fill.price} digits={fill.priceDigits} />
          </Cell>
          <Cell isNumber>
            <Pnl value={fill.net} />
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

/** What the bot held, and what protective exits and legs filled in the cycle's span. */
export const PortfolioSection = ({ cycle }: CycleProps) => {
  const stage = stageOf(cycle, "read-portfolio");
  const hasEquity = cycle.equity !== null || cycle.equityBefore !== null;
  return (
    <CycleSection
      cycle={cycle}
      stage="read-portfolio"
      note="Stops, targets, liquidation and the legs of an entry do not wait for a decision. What they filled since the previous cycle"
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
