import { invariant } from "../invariant";
import { sumOf, ZERO, type Decimal } from "../money";

export const LEDGER_ACCOUNTS = [
  "capital",
  "cash",
  "margin",
  "realizedPnl",
  "fees",
  "funding",
  "modelCost",
  "modelBill",
] as const;
export type LedgerAccount = (typeof LEDGER_ACCOUNTS)[number];

/** One line of a posting. Positive is a debit: cash and margin held and fees paid are positive, capital and gains negative. */
export type LedgerLine = { readonly account: LedgerAccount; readonly amount: Decimal };

/** A balanced posting; its id is its idempotency key. `postedAt` is venue time in ms. */
export type LedgerTransaction = {
  readonly id: string;
  readonly postedAt: number;
  readonly lines: readonly LedgerLine[];
};

export type Balances = Readonly<Record<LedgerAccount, Decimal>>;

const NOTHING = Object.fromEntries(LEDGER_ACCOUNTS.map((account) => [account, ZERO])) as Balances;

const transaction = (id: string, postedAt: number, lines: LedgerLine[]): LedgerTransaction => {
  invariant(sumOf(lines.map((line) => line.amount)).isZero(), `ledger transaction ${id} does not balance`);
  return { id, postedAt, lines: lines.filter((line) => !line.amount.isZero()) };
};

/** A deposit of capital; a negative amount is a withdrawal. */
export const postDeposit = (deposit: { id: string; amount: Decimal; at: number }): LedgerTransaction =>
  transaction(deposit.id, deposit.at, [
    { account: "cash", amount: deposit.amount },
    { account: "capital", amount: deposit.amount.neg() },
  ]);

/** Entry: cash pays margin and fee (TRADING 6). */
export const postEntry = (entry: { fillId: string; at: number; margin: Decimal; fee: Decimal }): LedgerTransaction =>
  transaction(`fill:${entry.fillId}:open`, entry.at, [
    { account: "cash", amount: entry.margin.plus(entry.fee).neg() },
    { account: "margin", amount: entry.margin },
    { account: "fees", amount: entry.fee },
  ]);

/** Exit: cash gets the released margin, the profit and funding still due, and pays the fee (TRADING 6). */
export const postExit = (exit: {
  fillId: string;
  at: number;
  margin: Decimal;
  pnl: Decimal;
  fee: Decimal;
  /** To the trader; absent: none. */
  funding?: Decimal;
}): LedgerTransaction =>
  transaction(`fill:${exit.fillId}:close`, exit.at, [
    {
      account: "cash",
      amount: exit.margin
        .plus(exit.pnl)
        .minus(exit.fee)
        .plus(exit.funding ?? ZERO),
    },
    { account: "margin", amount: exit.margin.neg() },
    { account: "realizedPnl", amount: exit.pnl.neg() },
    { account: "fees", amount: exit.fee },
    { account: "funding", amount: (exit.funding ?? ZERO).neg() },
  ]);

/** A payment of funding: `amount` goes to the trader, negative where the position pays. Once per position and instant. */
export const postFunding = (payment: {
  positionId: string;
  dueAt: number;
  at: number;
  amount: Decimal;
}): LedgerTransaction =>
  transaction(`funding:${payment.positionId}:${payment.dueAt}`, payment.at, [
    { account: "cash", amount: payment.amount },
    { account: "funding", amount: payment.amount.neg() },
  ]);

/** What a model's answer cost: its vendor is owed it, and paid outside of the trading account. Once a call. */
export const postModelCost = (call: { callId: string; at: number; cost: Decimal }): LedgerTransaction =>
  transaction(`model:${call.callId}`, call.at, [
    { account: "modelCost", amount: call.cost },
    { account: "modelBill", amount: call.cost.neg() },
  ]);

/** What each account holds after these lines. */
export const balancesOf = (lines: readonly LedgerLine[]): Balances => addLines(NOTHING, lines);

/** What each account holds when these lines are added. */
export const addLines = (balances: Balances, lines: readonly LedgerLine[]): Balances => {
  const added: Record<LedgerAccount, Decimal> = { ...balances };
  for (const line of lines) added[line.account] = added[line.account].plus(line.amount);
  return added;
};
