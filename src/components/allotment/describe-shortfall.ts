import { decimal, minOf, toPlain } from "~/trading/money";
import { formatAmount } from "../format/format-amount";

type Short = { readonly shortfall: string; readonly currency: string };

/** What of an amount that comes to an account makes up for losses there; "": nothing. To follow a sentence. */
export const describeShortfall = ({ shortfall, currency }: Short, amount: string): string => {
  const made = minOf(decimal(shortfall), decimal(amount));
  return made.gt(0) ? ` ${formatAmount(toPlain(made))} ${currency} of it makes up for what its bots have lost.` : "";
};
