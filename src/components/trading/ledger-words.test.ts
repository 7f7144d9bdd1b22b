import { expect, it } from "vitest";
import { ledgerLineSchema } from "~/contracts/position-view";
import { ACCOUNT_ORDER, transactionName } from "./ledger-words";

it.each([
  ["fill:0190-a:open", "Entry"],
  ["fill:0190-a:close", "Exit"],
  ["deposit:0190-b:1", "Deposit"],
  ["correction:7", null],
])("the transaction %s is named %s", (id, name) => expect(transactionName(id)).toBe(name));

it("offers every account of the ledger", () =>
  expect([...ACCOUNT_ORDER].toSorted()).toEqual(ledgerLineSchema.shape.account.options.toSorted()));
