import { Amount, Price } from "~/components/ui/amount";
import { Cell, HeadCell, Row, RowHead, Table } from "~/components/ui/table";
import { formatAmount, UNKNOWN } from "~/components/format/format-amount";
import type { CycleView } from "~/contracts/cycle-view";
import { Decimal } from "decimal.js";
import { CycleSection } from "./cycle-section";

type MarketSeen = CycleView["markets"][number];

/** A rate per funding interval as percent, with the four digits that rates are quoted with. */
const Rate = ({ rate }: { readonly rate: string | null }) => (
  <span title={rate ?? "unknown"}>
    {rate === null ? UNKNOWN : `${formatAmount(new Decimal(rate).times(100).toFixed(), { digits: 4 })} %`}
  </span>
);

const HASH_SHOWN = 12;

const MarketLine = ({ market }: { readonly market: MarketSeen }) => (
  <Row>
    <RowHead className="font-semibold whitespace-nowrap">{market.pair}</RowHead>
    <Cell isNumber>
      <Price value={market.referencePrice} digits={market.priceDigits} />
    </Cell>
    <Cell isNumber>
      <Price value={market.last} digits={market.priceDigits} />
    </Cell>
    <Cell isNumber>
      <Price value={market.bid} digits={market.priceDigits} />
    </Cell>
    <Cell isNumber>
      <Price value={market.ask} digits={market.priceDigits} />
    </Cell>
    <Cell isNumber>
      <Amount value={market.quoteVolume24h} digits={0} />
    </Cell>
    <Cell isNumber>
      <Rate rate={market.fundingRate} />
    </Cell>
    <Cell isNumber>
      <Amount value={market.openInterest} />
    </Cell>
    <Cell>
      <span title={market.hash} className="font-mono text-xs text-muted">
        {market.hash.slice(0, HASH_SHOWN)}
      </span>
    </Cell>
  </Row>
);

/** Each market as the cycle saw it: what is not known stays a dash. */
export const MarketSection = ({ cycle }: { readonly cycle: CycleView }) => (
  <CycleSection
    cycle={cycle}
    stage="read-market"
    note="As recorded at the slot; a dash means that the venue gave no value. The hash identifies the snapshot, so that a replay can be checked against it."
    isFlush
  >
    {cycle.markets.length === 0 ? null : (
      <Table caption="Markets as the cycle read them" minWidth="min-w-[56rem]">
        <thead>
          <tr>
            <HeadCell>Pair</HeadCell>
            <HeadCell isNumber>Reference price</HeadCell>
            <HeadCell isNumber>Last</HeadCell>
            <HeadCell isNumber>Bid</HeadCell>
            <HeadCell isNumber>Ask</HeadCell>
            <HeadCell isNumber>Volume 24 h, {cycle.bot.currency}</HeadCell>
            <HeadCell isNumber>Funding</HeadCell>
            <HeadCell isNumber>Open interest</HeadCell>
            <HeadCell>Snapshot</HeadCell>
          </tr>
        </thead>
        <tbody>
          {cycle.markets.map((market) => (
            <MarketLine key={market.pair} market={market} />
          ))}
        </tbody>
      </Table>
    )}
  </CycleSection>
);
