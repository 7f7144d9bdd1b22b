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

/**
 * What can still be allotted: money that no bot holds, and so much that all allotments together do not exceed the
 * account's equity (TRADING 2). Gains of a running bot stay its own, its losses are the account's.
 */
export const freeToAllot = ({ capital, allotted, equity, endedAllotted, endedEquity }: AllottedMoney): Decimal => {
  const unallotted = capital.minus(allotted).minus(endedAllotted).plus(endedEquity);
  return maxOf(unallotted.plus(minOf(ZERO, equity.minus(allotted))), ZERO);
};
