import { Amount, Exact, Pnl, Price } from "~/components/ui/amount";
import { Cell, HeadCell, Row, RowHead, Table } from "~/components/ui/table";
import { VenueTime } from "~/components/ui/venue-time";
import type { OpenPosition } from "~/contracts/bot-detail";
import { CellLink } from "~/components/ui/cell-link";
import { SideWord } from "~/components/trading/side-word";

const Opened = ({ position: { openedAt, openedByCycle } }: { readonly position: OpenPosition }) =>
  openedByCycle === null ? (
    <VenueTime at={openedAt} />
  ) : (
    <CellLink href={`/cycles/${openedByCycle}`}>
      <VenueTime at={openedAt} />
    </CellLink>
  );

const Level = ({ price, digits }: { readonly price: string | null; readonly digits: number }) =>
  price === null ? <span className="text-muted">none</span> : <Price value={price} digits={digits} />;

/** The loss that the stop bounds; without a stop no figure would be true. */
const Loss = ({ value }: { readonly value: string | null }) =>
  value === null ? <span className="text-xs text-loss">no stop: everything can be lost</span> : <Pnl value={value} />;

/** When its mark is from, and whether nobody has a newer price. */
const Marked = ({ position: { markedAt, isWithoutPrice } }: { readonly position: OpenPosition }) => (
  <span className={`block text-xs ${isWithoutPrice ? "text-loss" : "text-muted"}`}>
    {isWithoutPrice && "no price since "}
    <VenueTime at={markedAt} />
  </span>
);

const PositionRow = ({ position }: { readonly position: OpenPosition }) => (
  <Row>
    <RowHead>
      <CellLink href={`/positions/${position.id}`}>{position.pair}</CellLink>
      <span className="block text-xs text-muted">
        <SideWord side={position.side} />, {Number(position.leverage)}×{position.isClosing && ", closing"}
      </span>
    </RowHead>
    <Cell isNumber>
      <Exact value={position.quantity} />
      <span className="block text-xs text-muted">
        worth <Amount value={position.notional} />
      </span>
      {position.toCome !== null && (
        <span className="block text-xs text-muted">
          <Exact value={position.toCome} /> to come in legs
        </span>
      )}
    </Cell>
    <Cell isNumber>
      <Price value={position.entryPrice} digits={position.priceDigits} />
      <span className="block text-xs">
        <Opened position={position} />
      </span>
    </Cell>
    <Cell isNumber>
      <Price value={position.mark} digits={position.priceDigits} />
      <Marked position={position} />
    </Cell>
    <Cell isNumber>
      <Pnl value={position.unrealized} />
      <span className="block text-xs text-muted">
        fees so far <Amount value={position.fees} />
      </span>
    </Cell>
    <Cell isNumber>
      <Level price={position.stopLoss} digits={position.priceDigits} />
    </Cell>
    <Cell isNumber>
      <Level price={position.takeProfit} digits={position.priceDigits} />
    </Cell>
    <Cell isNumber>
      <Loss value={position.lossAtStop} />
    </Cell>
    <Cell isNumber>
      <Loss value={position.lossAtGap} />
    </Cell>
  </Row>
);

type PositionsTableProps = { readonly positions: readonly OpenPosition[]; readonly currency: string };

/** Open positions with what each may still cost from now. */
export const PositionsTable = ({ positions, currency }: PositionsTableProps) => (
  <Table caption={`Open positions, money in ${currency}, times in UTC`} minWidth="min-w-[66rem]">
    <thead>
      <tr>
        <HeadCell>Position</HeadCell>
        <HeadCell isNumber>Quantity</HeadCell>
        <HeadCell isNumber>Entry (UTC)</HeadCell>
        <HeadCell isNumber>Mark (UTC)</HeadCell>
        <HeadCell isNumber>Unrealised</HeadCell>
        <HeadCell isNumber>Stop</HeadCell>
        <HeadCell isNumber>Target</HeadCell>
        <HeadCell isNumber>If its stop fills</HeadCell>
        <HeadCell isNumber>With a 5 % gap</HeadCell>
      </tr>
    </thead>
    <tbody>
      {positions.map((position) => (
        <PositionRow key={position.id} position={position} />
      ))}
    </tbody>
  </Table>
);
