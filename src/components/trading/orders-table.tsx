import type { OrderView } from "~/contracts/cycle-view";
import { Amount, Exact, Price } from "../ui/amount";
import { Badge } from "../ui/badge";
import { CellLink } from "../ui/cell-link";
import { Cell, HeadCell, Row, RowHead, Table } from "../ui/table";
import { VenueTime } from "../ui/venue-time";
import { describeOrderLegs, kindOfOrder, PURPOSES, statusOfOrder } from "./order-words";
import { SideWord } from "./side-word";

type Fill = OrderView["fills"][number];

const OrderLine = ({ order }: { readonly order: OrderView }) => {
  const { word, tone } = statusOfOrder(order.status);
  const legs = describeOrderLegs(order);
  return (
    <Row>
      <RowHead>
        <span className="font-semibold">{PURPOSES[order.purpose]}</span>
        <span className="block max-w-44 text-xs text-muted lg:max-w-none">
          {kindOfOrder(order.kind)} {order.side}, id <span className="font-mono break-all">{order.clientOrderId}</span>
        </span>
        {legs !== null && <span className="block max-w-44 text-xs text-muted lg:max-w-none">{legs}</span>}
      </RowHead>
      <Cell className="whitespace-nowrap">
        {order.pair}
        <span className="block text-xs text-muted">
          <SideWord side={order.positionSide} />
        </span>
      </Cell>
      <Cell>
        <Badge tone={tone}>{word}</Badge>
        {order.statusReason !== null && <span className="block text-xs text-muted">{order.statusReason}</span>}
      </Cell>
      <Cell>
        <VenueTime at={order.intendedAt} withSeconds />
      </Cell>
      <Cell isNumber>
        <Price value={order.averagePrice} digits={order.priceDigits} />
      </Cell>
      <Cell isNumber>
        <Exact value={order.filledQuantity} />
        <span className="block text-xs text-muted">
          of <Exact value={order.quantity} />
        </span>
      </Cell>
      <Cell />
      <Cell />
    </Row>
  );
};

type FillLineProps = { readonly fill: Fill; readonly priceDigits: number; readonly withLinks: boolean };

const FillLine = ({ fill, priceDigits, withLinks }: FillLineProps) => (
  <Row>
    <RowHead className="text-muted">
      <span aria-hidden="true">↳ </span>Fill
    </RowHead>
    <Cell colSpan={2}>
      {withLinks && (
        <span className="flex flex-wrap gap-x-3">
          <CellLink href={`/positions/${fill.positionId}`}>Position</CellLink>
          <CellLink href={`/positions/${fill.positionId}#ledger`}>Ledger lines</CellLink>
        </span>
      )}
    </Cell>
    <Cell>
      <VenueTime at={fill.filledAt} withSeconds />
    </Cell>
    <Cell isNumber>
      <Price value={fill.price} digits={priceDigits} />
    </Cell>
    <Cell isNumber>
      <Exact value={fill.quantity} />
    </Cell>
    <Cell isNumber>
      <Amount value={fill.fee} />
    </Cell>
    <Cell isNumber>
      <Amount value={fill.slippage} />
    </Cell>
  </Row>
);

type OrdersTableProps = {
  readonly orders: readonly OrderView[];
  readonly currency: string;
  /** Whether fills name their position: not on the position's own page. */
  readonly withLinks: boolean;
};

/** Orders, each with its fills below it. Times are the venue's. */
export const OrdersTable = ({ orders, currency, withLinks }: OrdersTableProps) => (
  <Table caption={`Orders and their fills, money in ${currency}`} minWidth="min-w-[60rem]">
    <thead>
      <tr>
        <HeadCell>Order</HeadCell>
        <HeadCell>Pair</HeadCell>
        <HeadCell>Status</HeadCell>
        <HeadCell>Ordered, filled (UTC)</HeadCell>
        <HeadCell isNumber>Price</HeadCell>
        <HeadCell isNumber>Quantity</HeadCell>
        <HeadCell isNumber>Fee</HeadCell>
        <HeadCell isNumber>Slippage</HeadCell>
      </tr>
    </thead>
    {orders.map((order) => (
      <tbody key={order.id} className="not-last:border-b not-last:border-line">
        <OrderLine order={order} />
        {order.fills.map((fill) => (
          <FillLine key={fill.id} fill={fill} priceDigits={order.priceDigits} withLinks={withLinks} />
        ))}
      </tbody>
    ))}
  </Table>
);
