import { PnlPercent } from "~/components/ui/amount";
import { Cell, HeadCell, Row, RowHead, Table } from "~/components/ui/table";
import { VenueTime } from "~/components/ui/venue-time";
import { rowsOf, type NormalisedLine } from "./normalise-lines";

/** What the chart draws, newest first. */
export const EquityTable = ({ lines }: { readonly lines: readonly NormalisedLine[] }) => (
  <Table caption="Change of each bot's capital since its start" minWidth="min-w-[28rem]">
    <thead>
      <tr>
        <HeadCell>Time (UTC)</HeadCell>
        {lines.map(({ botId, name }) => (
          <HeadCell key={botId} isNumber>
            {name}
          </HeadCell>
        ))}
      </tr>
    </thead>
    <tbody>
      {rowsOf(lines).map(({ time, values }) => (
        <Row key={time}>
          <RowHead>
            <VenueTime at={new Date(time * 1000)} />
          </RowHead>
          {lines.map(({ botId }, index) => (
            <Cell key={botId} isNumber>
              <PnlPercent value={values[index] ?? null} />
            </Cell>
          ))}
        </Row>
      ))}
    </tbody>
  </Table>
);
