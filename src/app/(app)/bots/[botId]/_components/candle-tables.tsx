import Link from "next/link";
import { Cell, HeadCell, Row, RowHead, Table } from "~/components/ui/table";
import { VenueTime } from "~/components/ui/venue-time";
import type { CandleChart } from "~/contracts/chart-view";
import { formatChartPrice } from "./describe-candles";
import { formatMark, type Mark } from "./mark-look";

const MS = 1000;

const KINDS: Record<Mark["kind"], string> = { entry: "Entry", exit: "Exit", refused: "Refused" };

const Links = ({ mark: { positionId, cycleId } }: { readonly mark: Mark }) => (
  <span className="flex flex-wrap gap-x-3">
    {positionId !== null && (
      <Link href={`/positions/${positionId}`} className="link inline-flex min-h-6 items-center">
        position
      </Link>
    )}
    {cycleId !== null && (
      <Link href={`/cycles/${cycleId}`} className="link inline-flex min-h-6 items-center">
        cycle
      </Link>
    )}
  </span>
);

/** What the bot did on a chart's candles, newest first, each with where it came from. */
const MarksTable = ({ view: { marks, pair, priceDigits } }: { readonly view: CandleChart }) => (
  <Table caption={`Entries, exits and refusals on ${pair}, newest first`} minWidth="min-w-[36rem]">
    <thead>
      <tr>
        <HeadCell>Candle (UTC)</HeadCell>
        <HeadCell>Event</HeadCell>
        <HeadCell>Side</HeadCell>
        <HeadCell isNumber>Price</HeadCell>
        <HeadCell>Details</HeadCell>
        <HeadCell>Source</HeadCell>
      </tr>
    </thead>
    <tbody>
      {marks
        .map((mark, place) => ({ mark, place }))
        .toReversed()
        .map(({ mark, place }) => (
          <Row key={`${mark.time} ${mark.kind} ${place}`}>
            <RowHead>
              <VenueTime at={new Date(mark.time * MS)} />
            </RowHead>
            <Cell>{KINDS[mark.kind]}</Cell>
            <Cell>{mark.side}</Cell>
            <Cell isNumber>{formatChartPrice(mark.price, priceDigits)}</Cell>
            <Cell>{formatMark(mark)}</Cell>
            <Cell>
              <Links mark={mark} />
            </Cell>
          </Row>
        ))}
    </tbody>
  </Table>
);

const CandlesTable = ({ view: { candles, pair, timeframe, priceDigits } }: { readonly view: CandleChart }) => (
  <Table caption={`Closed ${timeframe} candles of ${pair}, newest first`} minWidth="min-w-[36rem]">
    <thead>
      <tr>
        <HeadCell>Opened (UTC)</HeadCell>
        <HeadCell isNumber>Open</HeadCell>
        <HeadCell isNumber>High</HeadCell>
        <HeadCell isNumber>Low</HeadCell>
        <HeadCell isNumber>Close</HeadCell>
        <HeadCell isNumber>Volume</HeadCell>
      </tr>
    </thead>
    <tbody>
      {candles.toReversed().map(({ time, open, high, low, close, volume }) => (
        <Row key={time}>
          <RowHead>
            <VenueTime at={new Date(time * MS)} />
          </RowHead>
          <Cell isNumber>{formatChartPrice(open, priceDigits)}</Cell>
          <Cell isNumber>{formatChartPrice(high, priceDigits)}</Cell>
          <Cell isNumber>{formatChartPrice(low, priceDigits)}</Cell>
          <Cell isNumber>{formatChartPrice(close, priceDigits)}</Cell>
          <Cell isNumber>{formatChartPrice(volume, 2)}</Cell>
        </Row>
      ))}
    </tbody>
  </Table>
);

/** The candle chart as tables: first what the bot did, then the candles. */
export const CandleTables = ({ view }: { readonly view: CandleChart }) => (
  <div className="grid gap-4">
    {view.marks.length === 0 ? (
      <p className="text-sm text-muted">The bot did nothing on these candles.</p>
    ) : (
      <MarksTable view={view} />
    )}
    <CandlesTable view={view} />
  </div>
);
