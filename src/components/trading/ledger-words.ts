import type { LedgerLine } from "~/contracts/position-view";

/** An account's name, and what its balance says. */
export const ACCOUNTS: Record<LedgerLine["account"], { readonly name: string; readonly holds: string }> = {
  capital: { name: "Capital", holds: "what was brought in" },
  cash: { name: "Cash", holds: "what is free" },
  margin: { name: "Margin", holds: "what open positions bind" },
  realizedPnl: { name: "Realised P&L", holds: "price gains (credit) and losses (debit) of closed trades, before fees" },
  fees: { name: "Fees", holds: "what was paid for fills" },
  funding: { name: "Funding", holds: "what was paid (debit) or received (credit) for holding" },
  modelCost: { name: "Model cost", holds: "what a language model's answers cost" },
};

/** How to read the signs of a ledger, in one line. */
export const SIGNS =
  "Double entry: a debit (+) is what an account holds or a cost, a credit (−) where it came from or a gain; each transaction sums to 0.";

/** What a transaction booked, by its id; null for one of another kind. */
export const transactionName = (transactionId: string): string | null => {
  if (transactionId.startsWith("deposit:")) return "Deposit";
  if (!transactionId.startsWith("fill:")) return null;
  return transactionId.endsWith(":open") ? "Entry" : "Exit";
};
