import { expect, it } from "vitest";
import { LEDGER_ACCOUNTS as OFFERED } from "~/contracts/choices";
import { LEDGER_ACCOUNTS } from "~/trading/portfolio/ledger";

it("a ledger page offers every account of the books, in their order, and no other", () => {
  expect(OFFERED).toEqual(LEDGER_ACCOUNTS);
});
