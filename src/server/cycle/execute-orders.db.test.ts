import { beforeEach, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { loadBotBooks } from "../books/bot-books";
import { checkBotInvariants } from "../books/check-bot-invariants";
import { loadBooksAtHand } from "../orders/stored-order";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, type BooksFixture } from "../testing/books-fixture";
import { claimSlot, stagesOf, wishToEnter } from "../testing/cycle-fixture";
import { interceptStatements } from "../testing/intercept-statements";
import type { CycleRef } from "./cycle-ref";
import { executeOrders } from "./execute-orders";
import { recordEquity } from "./record-equity";

const FILLED = { filled: 1, working: 0, rejected: 0, unknown: 0 };

let runtime: Runtime;
let fixture: BooksFixture;
let cycle: CycleRef;
openBed((bed) => ({ runtime } = bed));
beforeEach(async () => {
  fixture = await createBooksFixture(runtime);
  cycle = await claimSlot(fixture, FIRST_SLOT, { holder: "run-1" });
  for (const stage of stagesOf(fixture, wishToEnter(fixture)).slice(0, 4)) await stage.run(cycle);
});

const changeBooks = () => runtime.db.bot.update({ where: { id: cycle.botId }, data: { tradingState: "reducing" } });
const statusOf = async () =>
  (await runtime.db.order.findFirstOrThrow({ where: { intent: { cycleId: cycle.cycleId } } })).status;
const isSubmit = (text: string): boolean => text.includes("books_mark_now") && !text.includes("INTO fills");
const expectSound = async (): Promise<void> => {
  const at = { botId: cycle.botId, settingsVersion: 1, at: FIRST_SLOT };
  expect(await checkBotInvariants(fixture.ports, at)).toEqual([]);
  expect(await runtime.db.fill.count({ where: { position: { botId: cycle.botId } } })).toBe(1);
};

it("orders are sent by the books that they were read with: where those changed, they are read again under the lock", async () => {
  const statuses: string[] = [];
  const db = interceptStatements(runtime.db, async (text, run) => {
    if (isSubmit(text)) await changeBooks();
    const answer = await run();
    if (isSubmit(text)) statuses.push(await statusOf());
    return answer;
  });
  expect(await executeOrders({ ...fixture.ports, db }, cycle)).toEqual(FILLED);
  expect(statuses).toEqual(["pending"]);
  await expectSound();
});

it("what is booked is booked on the books of now, also where they change while the venue answers", async () => {
  const loads: string[] = [];
  const db = interceptStatements(runtime.db, (text, run) => {
    if (text.includes("booksMark")) loads.push(text);
    return run();
  });
  const exchangeOf: typeof fixture.ports.exchangeOf = async (account, quoteOf) => {
    const exchange = await fixture.ports.exchangeOf(account, quoteOf);
    return {
      ...exchange,
      placeOrder: async (order) => {
        await changeBooks();
        return exchange.placeOrder(order);
      },
    };
  };
  expect(await executeOrders({ ...fixture.ports, db, exchangeOf }, cycle)).toEqual(FILLED);
  expect(loads).toHaveLength(2);
  await expectSound();
});

it("the mark that is foreseen for orders on their way is that of the books then", async () => {
  const context = await fixture.ports.contexts(cycle.botId, 1);
  const { markOnceSent, books } = await loadBooksAtHand(runtime.db, { owner: context, cycleId: cycle.cycleId });
  const marks: string[] = [];
  const db = interceptStatements(runtime.db, async (text, run) => {
    const answer = await run();
    if (isSubmit(text)) marks.push((await loadBotBooks(runtime.db, cycle.botId)).mark);
    return answer;
  });
  await executeOrders({ ...fixture.ports, db }, cycle);
  expect(marks).toEqual([markOnceSent]);
  expect(markOnceSent).not.toBe(books.mark);
});

it("orders and equity that are done are repeated by what they returned, also after the cycle has ended and freed its bot", async () => {
  const finish = async () => [await executeOrders(fixture.ports, cycle), await recordEquity(fixture.ports, cycle)];
  const results = await finish();
  expect(await finish()).toEqual(results);
  expect(results[0]).toEqual(FILLED);
  await expectSound();
  expect(await runtime.db.equityPoint.count({ where: { botId: cycle.botId } })).toBe(1);
});
