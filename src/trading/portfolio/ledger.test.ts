import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvariantError } from "../invariant";
import { decimal, sumOf } from "../money";
import {
  balancesOf,
  LEDGER_ACCOUNTS,
  postDeposit,
  postEntry,
  postExit,
  postFunding,
  postModelCost,
  type LedgerTransaction,
} from "./ledger";

const cents = (min: number, max: number) => fc.integer({ min, max }).map((value) => decimal(value).div(100));
const show = ({ lines }: LedgerTransaction) => lines.map(({ account, amount }) => `${account} ${amount.toFixed()}`);

describe("postings", () => {
  it("are idempotent by an id that comes from what they post", () => {
    const entry = { fillId: "f1", at: 7, margin: decimal(10), fee: decimal(1) };
    expect(postEntry(entry)).toMatchObject({ id: "fill:f1:open", postedAt: 7 });
    expect(postExit({ ...entry, pnl: decimal(2) })).toMatchObject({ id: "fill:f1:close", postedAt: 7 });
    expect(postDeposit({ id: "bot:1:capital", amount: decimal(5), at: 7 })).toMatchObject({ id: "bot:1:capital" });
  });

  it("follow the golden equations of entry and exit", () => {
    expect(show(postEntry({ fillId: "f", at: 0, margin: decimal(250), fee: decimal("0.5") }))).toEqual([
      "cash -250.5",
      "margin 250",
      "fees 0.5",
    ]);
    expect(
      show(postExit({ fillId: "f", at: 0, margin: decimal(250), pnl: decimal(-30), fee: decimal("0.4") })),
    ).toEqual(["cash 219.6", "margin -250", "realizedPnl 30", "fees 0.4"]);
    expect(show(postDeposit({ id: "d", amount: decimal(1000), at: 0 }))).toEqual(["cash 1000", "capital -1000"]);
  });

  it("of what a model cost touch neither cash nor margin, and owe it to its vendor", () => {
    const posting = postModelCost({ callId: "c1", at: 7, cost: decimal("0.0123456789") });
    expect(posting).toMatchObject({ id: "model:c1", postedAt: 7 });
    expect(show(posting)).toEqual(["modelCost 0.0123456789", "modelBill -0.0123456789"]);
    expect(show(postModelCost({ callId: "c2", at: 7, cost: decimal(0) }))).toEqual([]);
  });

  it("leave out a line that moves nothing", () => {
    expect(show(postExit({ fillId: "f", at: 0, margin: decimal(1), pnl: decimal(0), fee: decimal(0) }))).toEqual([
      "cash 1",
      "margin -1",
    ]);
  });

  it("balance, whatever the amounts", () => {
    fc.assert(
      fc.property(cents(0, 1e9), cents(-1e9, 1e9), cents(0, 1e6), (margin, pnl, fee) => {
        const common = { fillId: "f", at: 0, margin, fee };
        for (const { lines } of [
          postEntry(common),
          postExit({ ...common, pnl }),
          postDeposit({ id: "d", amount: pnl, at: 0 }),
        ]) {
          expect(sumOf(lines.map((line) => line.amount)).isZero()).toBe(true);
        }
      }),
    );
  });

  it("that cannot balance are our own fault", () => {
    expect(() => postEntry({ fillId: "f", at: 0, margin: decimal(NaN), fee: decimal(0) })).toThrow(InvariantError);
  });
});

describe("postFunding", () => {
  it("moves what is paid between cash and funding, once for each position and instant", () => {
    const payment = { positionId: "p", dueAt: 8, at: 9, amount: decimal("-1.25") };
    const { id, postedAt, lines } = postFunding(payment);
    expect([id, postedAt]).toEqual(["funding:p:8", 9]);
    expect(lines.map(({ account, amount }) => [account, amount.toFixed()])).toEqual([
      ["cash", "-1.25"],
      ["funding", "1.25"],
    ]);
  });
});

describe("balancesOf", () => {
  it("holds every account, also one that nothing was posted to", () => {
    expect(Object.keys(balancesOf([])).toSorted()).toEqual(LEDGER_ACCOUNTS.toSorted());
    expect(Object.values(balancesOf([])).every((amount) => amount.isZero())).toBe(true);
  });

  it("does not depend on the order of the lines", () => {
    const line = fc.record({ account: fc.constantFrom(...LEDGER_ACCOUNTS), amount: cents(-1e9, 1e9) });
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        expect(JSON.stringify(balancesOf(lines))).toBe(JSON.stringify(balancesOf(lines.toReversed())));
      }),
    );
  });
});
