import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import type { TestDatabase } from "../../../scripts/testing/test-database";
import { createDatabase, type Database } from "../db/client";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { claimSlot, stagesOf, wishToEnter } from "../testing/cycle-fixture";
import { BREACHES, LAST, plantInBooks } from "../testing/planted-breaches";
import { PERMISSIVE, runHours } from "../testing/run-hours";
import { shiftMarket } from "../testing/shift-market";
import { auditBot, type Audit } from "./audit-bot";

let database: TestDatabase;
let runtime: Runtime;
let owner: Database;
let fixture: BooksFixture;
openBed((bed) => ({ database, runtime } = bed));
beforeAll(() => {
  owner = createDatabase({ url: database.ownerUrl, poolMax: 1 });
});
afterAll(() => owner.$disconnect());

const audit = (at: number, isRefoldDue = false): Promise<Audit> =>
  auditBot(fixture.ports, { botId: fixture.botId, settingsVersion: 1, at }, isRefoldDue);
const plant = (statement: string) => plantInBooks(owner, fixture.botId, statement);
const readMark = () => runtime.db.auditMark.findUniqueOrThrow({ where: { botId: fixture.botId } });
const SOUND = { broken: [], isWhole: false };

/** Audited before its first cycle; then three of them, of which the first enters. */
beforeEach(async () => {
  fixture = await createBooksFixture(runtime, { volatility: 0.0003, settings: { risk: PERMISSIVE } });
  await audit(FIRST_SLOT - HOUR_MS);
  for (let slot = FIRST_SLOT; slot <= LAST; slot += HOUR_MS) {
    const cycle = await claimSlot(fixture, slot, { holder: `run-${slot}` });
    for (const stage of stagesOf(fixture, wishToEnter(fixture))) await stage.run(cycle);
  }
});

describe("an audit of what came since the last one", () => {
  it("finds books sound without folding all of them", async () => {
    expect(await audit(LAST)).toEqual(SOUND);
    expect(await audit(LAST)).toEqual(SOUND);
  });

  it.each(BREACHES)("finds %s (%s), and proves it by all of the books", async (_what, invariant, says, statement) => {
    await plant(statement);
    const { broken, isWhole } = await audit(LAST);
    expect(broken).toContainEqual({ invariant, text: expect.stringMatching(says) as string });
    expect(isWhole).toBe(true);
    expect((await readMark()).found).toBeNull();
    expect(await audit(LAST)).toEqual({ broken, isWhole: true });
  });

  it("comes to the same figures, audit after audit, as one that folds all of them", async () => {
    for (let hour = 3; hour < 10; hour += 1) {
      if (hour === 5) shiftMarket(fixture, FIRST_SLOT + 5 * HOUR_MS, 0.95);
      await runHours(fixture, { from: hour, hours: 1, wish: wishToEnter(fixture) });
      expect(await audit(FIRST_SLOT + hour * HOUR_MS)).toEqual(SOUND);
    }
    const { found } = await readMark();
    expect(await audit(FIRST_SLOT + 9 * HOUR_MS, true)).toEqual({ broken: [], isWhole: true });
    expect((await readMark()).found).toEqual(found);
    const where = { botId: fixture.botId };
    expect(await runtime.db.trade.count({ where })).toBeGreaterThan(0);
    expect(await runtime.db.refusalCount.count({ where })).toBeGreaterThan(0);
  });

  it("does not take for a breach what was committed after the last, though its place in the ledger is before", async () => {
    await audit(LAST);
    const posted = new Date(LAST + 60_000);
    await owner.$executeRaw`INSERT INTO ledger_entries (id, transaction_id, bot_id, account, currency, amount, posted_at)
      SELECT -n, 'late', ${fixture.botId}::uuid, account::"LedgerAccount", 'USDT', amount, ${posted}
      FROM (VALUES (1, 'model-cost', 1), (2, 'fees', -1)) l (n, account, amount)`;
    expect(await audit(LAST)).toEqual({ broken: [], isWhole: true });
    expect(await audit(LAST)).toEqual(SOUND);
  });
});

describe("an order of the day before the last audited slot", () => {
  it("is read again with those since: it may have been committed late", async () => {
    shiftMarket(fixture, LAST, 0.95);
    await runHours(fixture, { from: 3, hours: 1, wish: null });
    const nextDay = FIRST_SLOT + 27 * HOUR_MS;
    expect(await audit(nextDay)).toEqual(SOUND);
    expect(await runtime.db.position.count({ where: { botId: fixture.botId, closedAt: null } })).toBe(0);
    await plant("UPDATE order_intents SET leverage = 9 WHERE bot_id = $bot AND purpose = 'entry'");
    const { broken, isWhole } = await audit(nextDay);
    expect(broken.map((each) => each.invariant)).toContain("I9");
    expect(isWhole).toBe(true);
  });
});

describe("a change of rows that were audited", () => {
  it.each([
    [
      "a ledger line",
      "I1",
      "UPDATE ledger_entries SET amount = amount + 1 WHERE bot_id = $bot AND account = 'capital'",
    ],
    ["a trade", "I15", "UPDATE trades SET fees = fees + 1, realized_pnl = realized_pnl - 1 WHERE bot_id = $bot"],
    ["a closed position", "I3", "UPDATE positions SET entry_price = entry_price + 1 WHERE bot_id = $bot"],
  ])("is found when all of them are folded again: %s", async (_what, invariant, statement) => {
    shiftMarket(fixture, LAST, 0.95);
    await runHours(fixture, { from: 3, hours: 1, wish: null });
    const at = FIRST_SLOT + 3 * HOUR_MS;
    expect(await audit(at)).toEqual(SOUND);
    expect(await runtime.db.position.count({ where: { botId: fixture.botId, closedAt: null } })).toBe(0);
    await plant(statement);
    expect(await audit(at)).toEqual(SOUND);
    const { broken } = await audit(at, true);
    expect(broken.map((each) => each.invariant)).toContain(invariant);
    const recorded = await runtime.db.invariantCheck.findFirstOrThrow({
      where: { botId: fixture.botId, at: new Date(at) },
    });
    expect(recorded.broken).toEqual(broken);
  });
});

describe("an id that stands twice, where no key forbids it,", () => {
  // Last, since the keys are gone for good.
  it.each([
    ["orders", "orders_client_order_id_key", "order_intents o ON o.id = t.intent_id"],
    ["fills", "fills_account_id_market_id_venue_fill_id_key", "positions o ON o.id = t.position_id"],
  ])("is found by what came since: of %s", async (table, key, ofBot) => {
    await owner.$executeRawUnsafe(`DROP INDEX ${key}`);
    const copy = `(jsonb_populate_record(t, jsonb_build_object('id', gen_random_uuid()))).*`;
    await plant(`INSERT INTO ${table} SELECT ${copy} FROM ${table} t JOIN ${ofBot} WHERE o.bot_id = $bot`);
    const { broken, isWhole } = await audit(LAST);
    expect(broken.map((each) => each.invariant)).toContain("I4");
    expect(isWhole).toBe(true);
  });
});
