import type { Decimal } from "../money";

/** Money into an account or out of it, in its currency; the amount is above zero. */
export type AccountFlow = { readonly kind: "deposit" | "withdrawal"; readonly amount: Decimal };

export type FlowOutcome =
  | { readonly outcome: "moved"; readonly capital: Decimal; readonly free: Decimal }
  | { readonly outcome: "refused"; readonly free: Decimal };

/**
 * What an account's capital and its free part are after a flow; what bots hold stays as it is. More than is free is
 * refused. Gains can be taken out, so that capital may fall below zero.
 */
export const afterFlow = (
  { capital, free }: { readonly capital: Decimal; readonly free: Decimal },
  { kind, amount }: AccountFlow,
): FlowOutcome => {
  if (kind === "withdrawal" && amount.gt(free)) return { outcome: "refused", free };
  const signed = kind === "deposit" ? amount : amount.neg();
  return { outcome: "moved", capital: capital.plus(signed), free: free.plus(signed) };
};
