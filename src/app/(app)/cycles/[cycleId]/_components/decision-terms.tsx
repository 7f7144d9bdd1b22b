import { Decimal } from "decimal.js";
import { formatPercent } from "~/components/format/format-amount";
import { Price } from "~/components/ui/amount";
import type { PairDecision } from "~/contracts/cycle-view";
import { Fact } from "./facts";

type AwayProps = { readonly price: string | null; readonly entry: string | null; readonly digits: number };

/** A price, and how far it is from the entry. */
const PriceAway = ({ price, entry, digits }: AwayProps) => (
  <>
    <Price value={price} digits={digits} />
    {price !== null && entry !== null && (
      <span className="figure text-muted">
        , {formatPercent(new Decimal(price).div(entry).minus(1).toNumber(), { isSigned: true })} from the entry
      </span>
    )}
  </>
);

/** What a wish to open asked for, before the risk gate saw it. */
export const DecisionTerms = ({ decision }: { readonly decision: PairDecision }) => {
  const { sizeFraction, leverage, entryPrice, stopLoss, takeProfit, invalidation, priceDigits } = decision;
  return (
    <>
      <Fact name="Size asked for">
        <span className="figure">{formatPercent(sizeFraction)}</span> of equity as margin, at{" "}
        <span className="figure">{leverage === null ? "—" : `${leverage}×`}</span> leverage
      </Fact>
      <Fact name="Entry">
        <Price value={entryPrice} digits={priceDigits} />
      </Fact>
      <Fact name="Stop">
        {stopLoss === null ? "none" : <PriceAway price={stopLoss} entry={entryPrice} digits={priceDigits} />}
      </Fact>
      <Fact name="Target">
        {takeProfit === null ? "none" : <PriceAway price={takeProfit} entry={entryPrice} digits={priceDigits} />}
      </Fact>
      {invalidation.length > 0 && <Fact name="Closed early if">{invalidation.join(", or ")}</Fact>}
    </>
  );
};
