import type { LedgerLine } from "~/contracts/position-view";

/** An account's name, and what its balance says. */
export const ACCOUNTS: Record<LedgerLine["account"], { readonly name: string; readonly holds: string }> = {
  capital: { name: "Capital", holds: "deposits less withdrawals" },
  cash: { name: "Cash", holds: "free to trade with" },
  margin: { name: "Margin", holds: "held by open positions" },
  realizedPnl: { name: "Realised P&L", holds: "price gains (credit) and losses (debit) of closed trades, before fees" },
  fees: { name: "Fees", holds: "paid for fills" },
  funding: { name: "Funding", holds: "paid (debit) or received (credit) for holding positions" },
  modelCost: { name: "Model cost", holds: "cost of a language model's answers, in US dollars" },
  modelBill: { name: "Model bill", holds: "owed to the model's vendor, paid outside of the account" },
};

/** How to read the signs of a ledger, in one line. */
export const SIGNS =
  "Double entry: a debit (+) is money held or a cost, a credit (−) is its source or a gain; each transaction sums to 0.";

/** What a transaction booked, by its id; null for one of another kind. */
export const transactionName = (transactionId: string): string | null => {
  if (transactionId.startsWith("deposit:")) return "Deposit";
  if (transactionId.startsWith("funding:")) return "Funding";
  if (transactionId.startsWith("model:")) return "Model";
  if (!transactionId.startsWith("fill:")) return null;
  return transactionId.endsWith(":open") ? "Entry" : "Exit";
};
