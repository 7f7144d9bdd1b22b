import { expect, it } from "vitest";
import { transactionName } from "./ledger-words";

it.each([
  ["fill:0190-a:open", "Entry"],
  ["fill:0190-a:close", "Exit"],
  ["deposit:0190-b:1", "Deposit"],
  ["correction:7", null],
])("the transaction %s is named %s", (id, name) => expect(transactionName(id)).toBe(name));
