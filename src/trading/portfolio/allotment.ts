import { maxOf, minOf, ZERO, type Decimal } from "../money";

/** The money of a paper account and of its bots, in one currency. */
export type AllottedMoney = {
  /** Paid into the account. */
  readonly capital: Decimal;
  /** Allotted to bots that are there, and what they are worth now. */
  readonly allotted: Decimal;
  readonly equity: Decimal;
  /** Allotted to bots that were archived, and what they left. */
  readonly endedAllotted: Decimal;
  readonly endedEquity: Decimal;
};

/** Below zero: running bots lost more than no bot holds. */
const balanceOf = ({ capital, allotted, equity, endedAllotted, endedEquity }: AllottedMoney): Decimal => {
  const unallotted = capital.minus(allotted).minus(endedAllotted).plus(endedEquity);
  return unallotted.plus(minOf(ZERO, equity.minus(allotted)));
};

/**
 * What can still be allotted: money that no bot holds, and so much that all allotments together do not exceed the
 * account's equity (TRADING 2). Gains of a running bot stay its own, its losses are the account's.
 */
export const freeToAllot = (money: AllottedMoney): Decimal => maxOf(balanceOf(money), ZERO);

/** What comes to the account makes up for this first, before any of it is free: what bots lost beyond all that was. */
export const shortfallOf = (money: AllottedMoney): Decimal => maxOf(balanceOf(money).neg(), ZERO);
