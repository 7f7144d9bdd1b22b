import { beforeAll, describe, expect, it } from "vitest";
import { openBed } from "../../../../scripts/testing/open-bed";
import { decimal, sumOf } from "~/trading/money";
import type { Runtime } from "../../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../../testing/books-fixture";
import { claimSlot, stagesOf, wishToEnter } from "../../testing/cycle-fixture";
import { getLedgerBalances } from "./get-ledger-balances";
import { listLedger } from "./list-ledger";

let runtime: Runtime;
let fixture: BooksFixture;

openBed((bed) => ({ runtime } = bed));
beforeAll(async () => {
  fixture = await createBooksFixture(runtime, { seed: 3 });
});

const of = () => ({ userId: fixture.userId, botId: fixture.botId });

const live = async (hour: number): Promise<void> => {
  const cycle = await claimSlot(fixture, FIRST_SLOT + hour * HOUR_MS, { holder: `run-${hour}` });
  for (const stage of stagesOf(fixture, wishToEnter(fixture))) await stage.run(cycle);
};

describe("the balances of a bot", () => {
  it("make equity exactly, as cash + margin + unrealised, and as the equity point says", async () => {
    for (let hour = 0; hour < 6; hour++) {
      await live(hour);
      const { accounts, unrealized, equity } = await getLedgerBalances(runtime, of());
      const held = (name: string) => accounts.find(({ account }) => account === name)?.balance ?? "missing";
      expect(decimal(held("cash")).plus(held("margin")).plus(unrealized).toFixed()).toBe(equity);
      expect(sumOf(accounts.map(({ balance }) => decimal(balance))).isZero()).toBe(true);
      expect(held("capital")).toBe("-10000");
      const at = new Date(FIRST_SLOT + hour * HOUR_MS);
      const point = await runtime.db.equityPoint.findUniqueOrThrow({
        where: { botId_at: { botId: fixture.botId, at } },
      });
      expect(point.equity.toFixed()).toBe(equity);
    }
  });
});

describe("the ledger of a bot", () => {
  it("comes in pages, last posted first, each line once", async () => {
    const all = await listLedger(runtime, { ...of(), limit: 100 });
    expect(all.nextCursor).toBeNull();
    expect(all.items.at(-1)).toMatchObject({ transactionId: `deposit:${fixture.botId}:1`, currency: "USDT" });
    const paged: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listLedger>> = await listLedger(runtime, { ...of(), limit: 2, cursor });
      paged.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(paged).toEqual(all.items.map(({ id }) => id));
  });

  it("of one account has that account's lines only", async () => {
    const { items } = await listLedger(runtime, { ...of(), limit: 100, account: "fees" });
    expect(items.length).toBeGreaterThan(0);
    expect(new Set(items.map(({ account }) => account))).toEqual(new Set(["fees"]));
  });

  it("takes no cursor that it did not give, and shows nothing to another user", async () => {
    const strange = listLedger(runtime, { ...of(), limit: 2, cursor: "1 OR 1=1" });
    await expect(strange).rejects.toMatchObject({ code: "invalid" });
    const other = { ...of(), userId: runtime.newId() };
    await expect(listLedger(runtime, { ...other, limit: 2 })).rejects.toMatchObject({ code: "not-found" });
    await expect(getLedgerBalances(runtime, other)).rejects.toMatchObject({ code: "not-found" });
  });
});
