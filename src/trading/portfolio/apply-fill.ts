import { invariant } from "../invariant";
import { Decimal, ZERO } from "../money";
import { closePosition, type Closing } from "./close-position";
import { postEntry, postExit, type LedgerTransaction } from "./ledger";
import { marginOf, pricePnl, type Position } from "./position";
import type { Trade } from "./trade";

/** Prices are kept to 18 decimals; an average of fills is rounded half to even. */
const PRICE_DECIMALS = 18;

/** Value / quantity, rounded as it is stored. `quantity` > 0. */
export const averagePrice = (value: Decimal, quantity: Decimal): Decimal =>
  value.div(quantity).toDecimalPlaces(PRICE_DECIMALS, Decimal.ROUND_HALF_EVEN);

type EntryFill = {
  readonly fillId: string;
  readonly price: Decimal;
  readonly quantity: Decimal;
  readonly fee: Decimal;
  /** When it could first be booked, ms of venue time. */
  readonly bookedAt: number;
};

export type EnlargedPosition = { readonly position: Position; readonly transaction: LedgerTransaction };

/** A position with one more fill in it. The entry price becomes the average, and the margin follows it. */
export const growPosition = <Held extends Pick<Position, "quantity" | "entryPrice" | "leverage">>(
  position: Held,
  fill: Pick<EntryFill, "price" | "quantity">,
): Held & Pick<Position, "margin"> => {
  const quantity = position.quantity.plus(fill.quantity);
  const value = position.entryPrice.times(position.quantity).plus(fill.price.times(fill.quantity));
  const entryPrice = averagePrice(value, quantity);
  return { ...position, quantity, entryPrice, margin: marginOf(entryPrice, quantity, position.leverage) };
};

/** Adds a further fill of an entry. */
export const enlargePosition = (before: Position, fill: EntryFill): EnlargedPosition => {
  const position = growPosition(before, fill);
  const { fillId, bookedAt: at, fee } = fill;
  const margin = position.margin.minus(before.margin);
  return { position, transaction: postEntry({ fillId, at, margin, fee }) };
};

/** Sums over the earlier fills of a position: values in quote, quantities in base. */
export type PastFills = {
  readonly entryValue: Decimal;
  readonly entryQuantity: Decimal;
  readonly exitValue: Decimal;
  readonly exitQuantity: Decimal;
  /** Fees and slippage of all of these fills, and the profit of the exits before costs. */
  readonly fees: Decimal;
  readonly slippage: Decimal;
  readonly pnl: Decimal;
  /** Funding paid to it so far, negative where it paid. */
  readonly funding: Decimal;
};

/** What a position's fills sum to after the one that opened it. */
export const firstFill = (
  fill: Pick<EntryFill, "price" | "quantity" | "fee"> & { readonly slippage: Decimal },
): PastFills => ({
  entryValue: fill.price.times(fill.quantity),
  entryQuantity: fill.quantity,
  exitValue: ZERO,
  exitQuantity: ZERO,
  fees: fill.fee,
  slippage: fill.slippage,
  pnl: ZERO,
  funding: ZERO,
});

/** The sums with one more fill that entered the position. */
export const addEntryFill = (
  past: PastFills,
  fill: Pick<EntryFill, "price" | "quantity" | "fee"> & { readonly slippage: Decimal },
): PastFills => ({
  ...past,
  entryValue: past.entryValue.plus(fill.price.times(fill.quantity)),
  entryQuantity: past.entryQuantity.plus(fill.quantity),
  fees: past.fees.plus(fill.fee),
  slippage: past.slippage.plus(fill.slippage),
});

/** The sums with one more fill that left part of a position. `pnl`: its profit before costs. */
const addExitFill = (
  past: PastFills,
  fill: Pick<EntryFill, "price" | "quantity" | "fee"> & {
    readonly slippage: Decimal;
    readonly pnl: Decimal;
    readonly funding: Decimal;
  },
): PastFills => ({
  ...past,
  exitValue: past.exitValue.plus(fill.price.times(fill.quantity)),
  exitQuantity: past.exitQuantity.plus(fill.quantity),
  fees: past.fees.plus(fill.fee),
  slippage: past.slippage.plus(fill.slippage),
  pnl: past.pnl.plus(fill.pnl),
  funding: past.funding.plus(fill.funding),
});

/** What an exit's fill books. After the last one the position is null and the round trip is a trade. */
export type ReducedPosition = {
  readonly transaction: LedgerTransaction;
  readonly position: Position | null;
  readonly trade: Trade | null;
  /** The sums over its fills, this one included. */
  readonly past: PastFills;
};

/** The whole round trip: quantities, prices and money of all its fills. */
const sumTrade = (last: Trade, past: PastFills): Trade => {
  const quantity = past.exitQuantity.plus(last.quantity);
  return {
    ...last,
    quantity,
    entryPrice: averagePrice(past.entryValue, past.entryQuantity),
    exitPrice: averagePrice(past.exitValue.plus(last.exitPrice.times(last.quantity)), quantity),
    grossPnl: last.grossPnl.plus(past.pnl),
    realizedPnl: last.realizedPnl.plus(past.pnl),
  };
};

/** Reduces a position by a fill: part of the margin is released, and the rest keeps its entry price. */
export const reducePosition = (
  position: Position,
  { past, ...closing }: Omit<Closing, "entryCosts" | "fundedBefore"> & { readonly past: PastFills },
): ReducedPosition => {
  const { fill, funding = ZERO } = closing;
  const left = position.quantity.minus(fill.quantity);
  invariant(
    left.gte(0),
    `position ${position.id} holds ${position.quantity.toFixed()}, ${fill.quantity.toFixed()} left it`,
  );
  const pnl = pricePnl(position.side, { entry: position.entryPrice, exit: fill.price }, fill.quantity);
  const sums = addExitFill(past, { ...fill, pnl, funding });
  if (left.isZero()) {
    const entryCosts = { fee: past.fees, slippage: past.slippage };
    const { transaction, trade } = closePosition(position, { ...closing, entryCosts, fundedBefore: past.funding });
    return { transaction, position: null, trade: sumTrade(trade, past), past: sums };
  }
  const margin = marginOf(position.entryPrice, left, position.leverage);
  const transaction = postExit({
    fillId: closing.fillId,
    at: closing.bookedAt,
    margin: position.margin.minus(margin),
    pnl,
    fee: fill.fee,
    funding,
  });
  return { transaction, position: { ...position, quantity: left, margin }, trade: null, past: sums };
};
