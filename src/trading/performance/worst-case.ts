import { feeOf } from "../execution/fees";
import { bankruptcyPrice } from "../settlement/liquidation";
import { nearestAdverse } from "../settlement/touched-levels";
import { Decimal, decimal, sumOf } from "../money";
import { growPosition } from "../portfolio/apply-fill";
import type { EntryLeg } from "../portfolio/entry-legs";
import { pricePnl, type Position } from "../portfolio/position";

/** How far beyond the stop the price is assumed to gap, a fraction. */
const GAP_FRACTION = 0.05;

type Exposed = Pick<Position, "side" | "quantity" | "entryPrice" | "leverage" | "stopLoss" | "mark" | "matching"> & {
  /** Legs of its entry still to come; absent: none. */
  readonly entryLegs?: readonly EntryLeg[];
};

/** Price step and fee of the market where it would be closed. */
type ExitTerms = { readonly tick: Decimal; readonly takerFeeRate: Decimal };

/** What an open position may still lose from its mark, in quote currency and negative. */
export type WorstCase = {
  /** At the stop, and where the price gaps beyond it. Both are null without a stop: then everything can be lost. */
  readonly lossAtStop: Decimal | null;
  readonly lossAtGap: Decimal | null;
  /** Everything: margin and unrealised result, down to the bankruptcy price. */
  readonly lossOfAll: Decimal;
};

const adverse = (side: Position["side"], first: Decimal, second: Decimal): Decimal =>
  side === "long" ? Decimal.min(first, second) : Decimal.max(first, second);

const favourable = (side: Position["side"], first: Decimal, second: Decimal): Decimal =>
  adverse(side === "long" ? "short" : "long", first, second);

/** The position with all of its legs in it: each is entered on the way to the stop. */
const entered = (position: Exposed): Exposed =>
  (position.entryLegs ?? []).reduce<Exposed>(
    (held, { price, quantity }) => growPosition(held, { price: decimal(price), quantity: decimal(quantity) }),
    position,
  );

/**
 * Result from the mark (of a leg from its price) to an exit at `price`, with the fees, before slippage. No exit fills
 * beyond bankruptcy.
 */
const resultAt = (position: Exposed, price: Decimal, { tick, takerFeeRate }: ExitTerms): Decimal => {
  const { side, mark, entryLegs = [] } = position;
  const exit = favourable(side, price, bankruptcyPrice(entered(position), tick));
  const leave = (entry: Decimal, quantity: Decimal): Decimal =>
    pricePnl(side, { entry, exit }, quantity).minus(feeOf(exit, quantity, takerFeeRate));
  const legs = entryLegs.map((leg) => leave(decimal(leg.price), decimal(leg.quantity)).minus(leg.fee));
  return leave(mark, position.quantity).plus(sumOf(legs));
};

/**
 * The loss when the stop fills at its level and when the price gaps 5 % beyond it, filled as in settlement: liquidation
 * comes before a stop that is further away, and the bankruptcy price bounds both (TRADING 7). Measured from the entry
 * that is at most the margin, and from the mark at most margin + unrealised P&L, plus the exit's fee.
 */
export const computeWorstCase = (position: Exposed, terms: ExitTerms): WorstCase => {
  const { side, mark, stopLoss } = position;
  const whole = entered(position);
  const lossOfAll = resultAt(position, bankruptcyPrice(whole, terms.tick), terms);
  if (stopLoss === null) return { lossAtStop: null, lossAtGap: null, lossOfAll };
  // When the mark is beyond the level and not settled yet, the exit is no better than the mark.
  const level = adverse(side, nearestAdverse(whole).level, mark);
  const gap = (from: Decimal): Decimal => from.times(side === "long" ? 1 - GAP_FRACTION : 1 + GAP_FRACTION);
  return { lossAtStop: resultAt(position, level, terms), lossAtGap: resultAt(position, gap(level), terms), lossOfAll };
};

/** The losses of all open positions together; a position without a stop counts with everything it can lose. */
export const sumWorstCases = (
  cases: readonly WorstCase[],
): { readonly lossIfEveryStopFills: Decimal; readonly lossWithGap: Decimal } => ({
  lossIfEveryStopFills: sumOf(cases.map(({ lossAtStop, lossOfAll }) => lossAtStop ?? lossOfAll)),
  lossWithGap: sumOf(cases.map(({ lossAtGap, lossOfAll }) => lossAtGap ?? lossOfAll)),
});
