import { feeOf } from "../execution/fees";
import { bankruptcyPrice } from "../execution/liquidation";
import { nearestAdverse } from "../execution/settle-position";
import { Decimal, sumOf } from "../money";
import { pricePnl, type Position } from "./position";

/** How far beyond the stop a price is taken to gap. */
const GAP_FRACTION = 0.05;

type Exposed = Pick<Position, "side" | "quantity" | "entryPrice" | "leverage" | "stopLoss" | "mark">;

/** What an open position may still cost from its mark, in quote currency and negative; null: it has no stop. */
export type WorstCase = {
  readonly lossAtStop: Decimal | null;
  readonly lossAtGap: Decimal;
  /** At the stop, or at the liquidation where there is none before it. */
  readonly lossAtExit: Decimal;
};

const adverse = (side: Position["side"], first: Decimal, second: Decimal): Decimal =>
  side === "long" ? Decimal.min(first, second) : Decimal.max(first, second);

const favourable = (side: Position["side"], first: Decimal, second: Decimal): Decimal =>
  adverse(side === "long" ? "short" : "long", first, second);

/** Result from the mark to an exit at `price`, with the exit's fee, before slippage. No exit fills beyond bankruptcy. */
const resultAt = (position: Exposed, price: Decimal, tick: Decimal): Decimal => {
  const { side, quantity, mark } = position;
  const exit = favourable(side, price, bankruptcyPrice(position, tick));
  return pricePnl(side, { entry: mark, exit }, quantity).minus(feeOf(exit, quantity));
};

/**
 * The loss when the stop fills at its level and when the price gaps 5 % beyond it (or from the mark without a stop), by
 * the fills of settlement: liquidation stands before a stop behind it, the bankruptcy price bounds both (TRADING 7).
 * From the entry that is at most the margin, from the mark at most margin + unrealised P&L, each and the exit's fee.
 */
export const computeWorstCase = (position: Exposed, tick: Decimal): WorstCase => {
  const { side, mark, stopLoss } = position;
  // A mark beyond the level is not settled yet: the exit is then no better than the mark.
  const level = adverse(side, nearestAdverse(position).level, mark);
  const gap = (from: Decimal): Decimal => from.times(side === "long" ? 1 - GAP_FRACTION : 1 + GAP_FRACTION);
  const lossAtExit = resultAt(position, level, tick);
  return {
    lossAtStop: stopLoss === null ? null : lossAtExit,
    lossAtGap: resultAt(position, gap(stopLoss === null ? mark : level), tick),
    lossAtExit,
  };
};

/** What happens to open positions together. */
export const sumWorstCases = (
  cases: readonly WorstCase[],
): { readonly lossIfEveryStopFills: Decimal; readonly lossWithGap: Decimal } => ({
  lossIfEveryStopFills: sumOf(cases.map(({ lossAtExit }) => lossAtExit)),
  lossWithGap: sumOf(cases.map(({ lossAtGap }) => lossAtGap)),
});
