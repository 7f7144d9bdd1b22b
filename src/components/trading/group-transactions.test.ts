import { expect, it } from "vitest";
import type { LedgerLine } from "~/contracts/position-view";
import { groupTransactions } from "./group-transactions";

const line = (id: string, transactionId: string, amount: string): LedgerLine => ({
  id,
  transactionId,
  account: "cash",
  currency: "USDT",
  amount,
  positionId: null,
  fillId: null,
  postedAt: new Date(0),
});

it("sums each transaction to the last digit", () => {
  const groups = groupTransactions([
    line("1", "fill:a:open", "-0.30000001"),
    line("2", "fill:a:open", "0.1"),
    line("3", "fill:a:open", "0.20000001"),
    line("4", "fill:b:close", "0.00000001"),
  ]);
  expect(groups.map(({ id, sum, lines }) => [id, sum, lines.length])).toEqual([
    ["fill:a:open", "0", 3],
    ["fill:b:close", "0.00000001", 1],
  ]);
});
