import { maxOf, ZERO, type Decimal } from "../money";

/** Money into an account or out of it, in its currency; the amount is above zero. */
export type AccountFlow = { readonly kind: "deposit" | "withdrawal"; readonly amount: Decimal };

export type FlowOutcome =
  | { readonly outcome: "moved"; readonly capital: Decimal; readonly free: Decimal }
  | { readonly outcome: "refused"; readonly free: Decimal };

/** An account's money; `shortfall`: what bots lost beyond all that is free. */
export type FlowedAccount = { readonly capital: Decimal; readonly free: Decimal; readonly shortfall: Decimal };

/** What is free once so much came from somewhere: what makes up for losses is not. */
export const freeAfter = ({ free, shortfall }: Omit<FlowedAccount, "capital">, amount: Decimal): Decimal =>
  maxOf(ZERO, free.minus(shortfall).plus(amount));

/**
 * What an account's capital and its free part are after a flow; what bots hold stays as it is. More than is free is
 * refused. Gains can be taken out, so that capital may fall below zero.
 */
export const afterFlow = ({ capital, ...left }: FlowedAccount, { kind, amount }: AccountFlow): FlowOutcome => {
  if (kind === "withdrawal" && amount.gt(left.free)) return { outcome: "refused", free: left.free };
  const signed = kind === "deposit" ? amount : amount.neg();
  return { outcome: "moved", capital: capital.plus(signed), free: freeAfter(left, signed) };
};
