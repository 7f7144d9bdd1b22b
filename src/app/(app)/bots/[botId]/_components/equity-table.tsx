import { formatPercent } from "~/components/format/format-amount";
import { Cell, HeadCell, Row, RowHead, Table } from "~/components/ui/table";
import { VenueTime } from "~/components/ui/venue-time";
import type { EquityChart } from "~/contracts/chart-view";
import { formatEquity } from "./describe-equity";

const MS = 1000;

const byTime = (points: EquityChart["equity"]): ReadonlyMap<number, number> =>
  new Map(points.map(({ time, value }) => [time, value]));

/** The equity chart's points, newest first. */
export const EquityTable = ({ view }: { readonly view: EquityChart }) => {
  const [held, drawdown] = [byTime(view.buyAndHold), byTime(view.drawdown)];
  return (
    <Table caption={`Equity in ${view.currency}, newest first`} minWidth="min-w-[28rem]">
      <thead>
        <tr>
          <HeadCell>Time (UTC)</HeadCell>
          <HeadCell isNumber>Equity</HeadCell>
          <HeadCell isNumber>Buy and hold</HeadCell>
          <HeadCell isNumber>Drawdown</HeadCell>
        </tr>
      </thead>
      <tbody>
        {view.equity.toReversed().map(({ time, value }) => (
          <Row key={time}>
            <RowHead>
              <VenueTime at={new Date(time * MS)} />
            </RowHead>
            <Cell isNumber>{formatEquity(value)}</Cell>
            <Cell isNumber>{formatEquity(held.get(time) ?? null)}</Cell>
            <Cell isNumber>{formatPercent(drawdown.get(time) ?? null)}</Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
};
