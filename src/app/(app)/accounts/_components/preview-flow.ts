import { formatAmount, formatAtMost } from "~/components/format/format-amount";
import type { AccountRow, FlowKind } from "~/contracts/accounts-view";
import { describeShortfall } from "~/components/allotment/describe-shortfall";
import { decimal, toPlain } from "~/trading/money";
import { afterFlow } from "~/trading/portfolio/account-flow";

export type FlowPreview = {
  /** Whether it can be done as it stands. */
  readonly isReady: boolean;
  readonly text: string;
};

const AMOUNT = /^\d{1,12}(\.\d{1,8})?$/;

const refuse = (text: string): FlowPreview => ({ isReady: false, text });

/** What an account will have after a flow, before it is asked. `typed`: the amount as it stands in the form. */
export const previewFlow = (
  { capital, free, shortfall, currency }: Pick<AccountRow, "capital" | "free" | "shortfall" | "currency">,
  { kind, typed }: { readonly kind: FlowKind; readonly typed: string },
): FlowPreview => {
  if (capital === null || free === null || shortfall === null) {
    return refuse("What was paid into this account is not known.");
  }
  const amount = typed.trim();
  if (amount === "") return refuse(`${formatAtMost(free)} ${currency} are free now.`);
  if (!AMOUNT.test(amount)) return refuse("Enter an amount such as 10000 or 499.5.");
  if (decimal(amount).lte(0)) return refuse("Enter an amount above 0.");
  const account = { capital: decimal(capital), free: decimal(free), shortfall: decimal(shortfall) };
  const moved = afterFlow(account, { kind, amount: decimal(amount) });
  if (moved.outcome === "refused") {
    return refuse(`Only ${formatAtMost(free)} ${currency} are free: enter at most that.`);
  }
  const text = `Free afterwards: ${formatAmount(toPlain(moved.free))} ${currency}, now ${formatAmount(free)} ${currency}.`;
  return { isReady: true, text: `${text}${describeShortfall({ shortfall, currency }, amount)}` };
};
