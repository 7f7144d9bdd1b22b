import { decimal, maxOf, minOf, sumOf, toMoney, ZERO, type Decimal } from "../money";
import { computeEquity } from "./equity";
import { rememberEquity, type EquityMemory } from "./equity-memory";
import type { Balances } from "./ledger";
import { notionalOf, type PlannedPosition } from "./position";
import { reservedOf } from "./reserved";

/** A bot keeps so much of its allotment and of its equity, in its currency: what has nothing has no return. */
export const ALLOTMENT_MIN = decimal(1);

/** The books of a bot that may give money back. `takerFeeRate`: of its venue. */
export type FlowBooks = {
  readonly allotment: Decimal;
  readonly balances: Pick<Balances, "cash" | "margin">;
  readonly positions: readonly Pick<
    PlannedPosition,
    "side" | "entryPrice" | "mark" | "quantity" | "leverage" | "exitPlan"
  >[];
  readonly takerFeeRate: Decimal;
};

/** What a bot can give back, and what keeps the rest of its cash there; quote currency, none below zero. */
export type Returnable = {
  readonly most: Decimal;
  readonly equity: Decimal;
  readonly cash: Decimal;
  /** Margin and fees of entry legs still to come. */
  readonly reserved: Decimal;
  /** What closing everything at the marks costs. */
  readonly exitFees: Decimal;
  /** What open positions have lost at the marks, all together. */
  readonly openLoss: Decimal;
  /** Cash that is neither needed nor allotted: gains, which stay until the bot is archived, and the least that it keeps. */
  readonly kept: Decimal;
};

/** What a bot can give back to its account, by its books at the stored marks. */
export const returnableOf = ({ allotment, balances, positions, takerFeeRate }: FlowBooks): Returnable => {
  const { equity, cash, unrealizedPnl } = computeEquity(balances, positions);
  const legs = positions.map(reservedOf);
  const reserved = sumOf(legs.flatMap(({ margin, fees }) => [margin, fees]));
  const exitFees = toMoney(sumOf(positions.map(notionalOf)).times(takerFeeRate));
  const openLoss = maxOf(ZERO, unrealizedPnl.neg());
  const unneeded = maxOf(ZERO, cash.minus(reserved).minus(exitFees).minus(openLoss));
  const most = maxOf(ZERO, minOf(unneeded, minOf(allotment, equity).minus(ALLOTMENT_MIN)));
  return { most, equity, cash, reserved, exitFees, openLoss, kept: unneeded.minus(most) };
};

/** Money that a bot gets from its account (above zero) or gives back to it (below). */
export type WantedFlow = { readonly amount: Decimal; readonly isEntering: boolean; readonly free: Decimal };

export type FlowRefusal = "entering" | "spent" | "not-free" | "needed";

/** Why a flow cannot be; null: it can. What has lost everything gets nothing: no return could be told of it any more. */
export const refuseFlow = (
  { most, equity }: Pick<Returnable, "most" | "equity">,
  { amount, isEntering, free }: WantedFlow,
): FlowRefusal | null => {
  if (equity.lte(0)) return "spent";
  if (amount.gt(0)) return amount.gt(free) ? "not-free" : null;
  if (isEntering) return "entering";
  return amount.neg().gt(most) ? "needed" : null;
};

/** A flow in a bot's books: `before` is its equity just before it, above zero as after it; `at` in ms of venue time. */
export type BookedFlow = { readonly at: number; readonly before: Decimal; readonly amount: Decimal };

/**
 * The memory of equity after a flow. It is no profit: what the day lost in money stays. It is no drawdown and no peak: the
 * peak moves with equity, peak x (equity + flow) / equity, so that the fraction below it stays.
 */
export const rememberFlow = (memory: EquityMemory, { at, before, amount }: BookedFlow): EquityMemory => {
  const highest = maxOf(before, memory.last.peak);
  const { dayStart, dayLow } = rememberEquity(memory, { at, equity: before, peak: highest });
  const equity = before.plus(amount);
  const peak = maxOf(equity, toMoney(highest.times(equity).div(before)));
  return { last: { at, equity, peak }, dayStart: dayStart?.plus(amount) ?? null, dayLow: dayLow.plus(amount) };
};
