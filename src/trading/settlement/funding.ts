import { secondOf } from "../execution/matching";
import { HOUR_MS } from "../market/duration";
import { floorToGrid } from "../market/timeframe";
import { decimal, sumOf, toMoney, ZERO, type Decimal } from "../money";
import type { MarketRef } from "../ports";
import type { ExitPlan } from "../portfolio/exit-plan";
import type { Position } from "../portfolio/position";

/** Swaps pay funding at 00, 08 and 16 UTC. */
export const FUNDING_INTERVAL_MS = 8 * HOUR_MS;

/** The rate per 8 hours that the venue showed before a payment (ms); null: none was recorded. */
export type RecordedFunding = (dueAt: number) => Decimal | null;

export type FundingPayment = {
  /** The instant it is due and when its price could be known, ms of venue time. */
  readonly dueAt: number;
  readonly knownAt: number;
  /** In quote currency, negative where the position pays. */
  readonly amount: Decimal;
};

type Funded = Pick<Position, "side" | "quantity" | "openedAt" | "matching"> & {
  readonly exitPlan?: Pick<ExitPlan, "addition">;
};

/** Where a position is funded from: the market's recorded rates; undefined: none were; null on spot, which pays none. */
export type FundingSource = RecordedFunding | null | undefined;

/** Whether the funding of a market's positions is in their result: it is charged, or there is none. */
export const isFundingKnown = (of: Pick<Position, "matching"> & Pick<MarketRef, "marketType">): boolean =>
  of.marketType === "spot" || secondOf(of.matching) !== null;

/** Whether a position of these terms pays funding at all. */
export const isFunded = ({ matching }: Pick<Position, "matching">, source: FundingSource): boolean =>
  source !== null && secondOf(matching) !== null;

/** The first payment at or after `from` (ms) that a position takes part in: it was open before the payment. */
export const nextFundingOf = ({ openedAt }: Pick<Position, "openedAt">, from: number): number =>
  floorToGrid(Math.max(from, openedAt + 1) - 1, FUNDING_INTERVAL_MS) + FUNDING_INTERVAL_MS;

/** The payments in [from, before), ms. */
export const fundingTimes = (
  position: Pick<Position, "openedAt">,
  { from, before }: { readonly from: number; readonly before: number },
): number[] => {
  const times: number[] = [];
  for (let dueAt = nextFundingOf(position, from); dueAt < before; dueAt += FUNDING_INTERVAL_MS) times.push(dueAt);
  return times;
};

/** What takes part in a payment: what was added at that instant was not open before it. */
const quantityBefore = ({ quantity, exitPlan }: Pick<Funded, "quantity" | "exitPlan">, dueAt: number): Decimal => {
  const addition = exitPlan?.addition ?? null;
  return addition === null || dueAt > addition.at ? quantity : quantity.times(addition.from).div(addition.to);
};

/** What a position gets at a payment: longs pay a positive rate, shorts get it. */
export const fundingAmount = (
  { side, matching, ...held }: Omit<Funded, "openedAt">,
  { dueAt, price, recorded }: { readonly dueAt: number; readonly price: Decimal; readonly recorded: FundingSource },
): Decimal => {
  const rate = recorded?.(dueAt) ?? decimal(secondOf(matching)?.fundingRatePer8h ?? 0);
  return toMoney(
    price
      .times(quantityBefore(held, dueAt))
      .times(rate)
      .times(side === "long" ? -1 : 1),
  );
};

/** A part of a position that an order of the bot closes, before the candles after its last settlement are known. */
type Leaving = { readonly quantity: Decimal; readonly price: Decimal; readonly filledAt: number };

/**
 * What a part that leaves at `filledAt` still gets: payments since the last settlement up to that instant, at the price
 * of its exit. Those of the rest follow with the candles.
 */
export const fundingOfExit = (
  position: Funded & Pick<Position, "settledThrough">,
  { quantity, price, filledAt }: Leaving,
  recorded: FundingSource,
): Decimal => {
  if (!isFunded(position, recorded)) return ZERO;
  const times = fundingTimes(position, { from: position.settledThrough, before: filledAt + 1 });
  return sumOf(times.map((dueAt) => fundingAmount({ ...position, quantity }, { dueAt, price, recorded })));
};
