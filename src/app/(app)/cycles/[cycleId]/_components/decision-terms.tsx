import { Decimal } from "decimal.js";
import { formatPercent } from "~/components/format/format-amount";
import { Exact } from "~/components/ui/amount";
import type { PairDecision } from "~/contracts/cycle-view";
import { Fact } from "./facts";

type PriceProps = { readonly price: string | null; readonly entry: string | null };

/** A price, and how far it is from the entry. */
const Price = ({ price, entry }: PriceProps) => (
  <>
    <Exact value={price} />
    {price !== null && entry !== null && (
      <span className="figure text-muted">
        , {formatPercent(new Decimal(price).div(entry).minus(1).toNumber(), { isSigned: true })} from the entry
      </span>
    )}
  </>
);

/** What a wish to open asked for, before the risk gate saw it. */
export const DecisionTerms = ({ decision }: { readonly decision: PairDecision }) => {
  const { sizeFraction, leverage, entryPrice, stopLoss, takeProfit, invalidation } = decision;
  return (
    <>
      <Fact name="Asked for">
        <span className="figure">{formatPercent(sizeFraction)}</span> of equity as margin, at{" "}
        <span className="figure">{leverage === null ? "—" : `${leverage}×`}</span> leverage
      </Fact>
      <Fact name="Entry">
        <Exact value={entryPrice} />
      </Fact>
      <Fact name="Stop">{stopLoss === null ? "none" : <Price price={stopLoss} entry={entryPrice} />}</Fact>
      <Fact name="Target">{takeProfit === null ? "none" : <Price price={takeProfit} entry={entryPrice} />}</Fact>
      {invalidation.length > 0 && <Fact name="Closed before, when">{invalidation.join(", or ")}</Fact>}
    </>
  );
};
