import { planWholeExit } from "~/trading/portfolio/exit-plan";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBed } from "../../../../scripts/testing/open-bed";
import type { TestDatabase } from "../../../../scripts/testing/test-database";
import {
  botDetailSchema,
  cycleRowSchema,
  decisionRowSchema,
  openPositionsSchema,
  tradeRowSchema,
} from "~/contracts/bot-detail";
import type { Page } from "~/contracts/list-page";
import { decimal, sumOf } from "~/trading/money";
import { getBot } from "../bots/get-bot";
import { listPositions } from "../bots/list-positions";
import { createDatabase, type Database } from "../../db/client";
import { AppError } from "../../errors";
import type { Runtime } from "../../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../../testing/books-fixture";
import { wishToEnter } from "../../testing/cycle-fixture";
import { PERMISSIVE, runHours } from "../../testing/run-hours";
import { listCycles } from "./list-cycles";
import { listDecisions } from "./list-decisions";
import { listTrades } from "./list-trades";

const HOURS = 36;
const OPENED_AT = new Date(FIRST_SLOT + 20 * HOUR_MS);

let database: TestDatabase;
let runtime: Runtime;
/** As the owner of the tables. */
let tables: Database;
let fixture: BooksFixture;
let owned: { readonly userId: string; readonly botId: string };
openBed((bed) => ({ database, runtime } = bed));
beforeAll(async () => {
  tables = createDatabase({ url: database.ownerUrl, poolMax: 1 });
  fixture = await createBooksFixture(runtime, { seed: 3, settings: { risk: PERMISSIVE } });
  owned = { userId: fixture.userId, botId: fixture.botId };
  await runHours(fixture, { hours: HOURS, wish: wishToEnter(fixture) });
  await runtime.db.venue.update({ where: { id: fixture.venueId }, data: { openedAt: OPENED_AT } });
});
afterAll(() => tables.$disconnect());

/** Every row of a list, by pages of `limit`. */
const readAll = async <Item>(
  read: (page: { readonly cursor: string | null; readonly limit: number }) => Promise<Page<Item>>,
  limit: number,
): Promise<Item[]> => {
  const items: Item[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<Item> = await read({ cursor, limit });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return items;
};

const isNewestFirst = (times: readonly Date[]): boolean =>
  times.every((time, index) => index === 0 || time <= (times[index - 1] ?? time));

describe("pages", () => {
  it("of trades hold each trade once, newest exit first, and say which are history", async () => {
    const rows = await readAll((page) => listTrades(fixture.ports, owned, page), 2);
    const stored = await runtime.db.trade.findMany({ where: { botId: owned.botId } });
    expect(rows.map(({ positionId }) => positionId).toSorted()).toEqual(
      stored.map(({ positionId }) => positionId).toSorted(),
    );
    expect(isNewestFirst(rows.map(({ exitedAt }) => exitedAt))).toBe(true);
    for (const row of rows.map((each) => tradeRowSchema.parse(each))) {
      const trade = stored.find(({ positionId }) => positionId === row.positionId);
      expect(row.pnl.net).toBe(trade?.realizedPnl.toFixed());
      const margin = decimal(row.entryPrice).times(row.quantity).toNumber();
      expect(row.returnOnMargin).toBeCloseTo(Number(row.pnl.net) / margin, 9);
      expect(row.isHistory).toBe(row.exitedAt < OPENED_AT);
    }
    // A trade that ended at the instant at which its venue opened is not history.
    const where = { id: fixture.venueId };
    const openAt = (openedAt: Date | null) => runtime.db.venue.update({ where, data: { openedAt } });
    await openAt(rows[0]?.exitedAt ?? null);
    expect((await listTrades(fixture.ports, owned, { limit: 1 })).items[0]?.isHistory).toBe(false);
    await openAt(OPENED_AT);
  });

  it("of trades that ended at one instant hold each trade once, by their ids", async () => {
    const botId = await fixture.addBot();
    const bot = await runtime.db.bot.findUniqueOrThrow({ where: { id: botId } });
    const market = await runtime.db.market.findFirstOrThrow({ where: { venueId: fixture.venueId } });
    const [from, to] = [new Date(FIRST_SLOT), new Date(FIRST_SLOT + HOUR_MS)];
    const ids = Array.from({ length: 5 }, () => runtime.newId()).toSorted();
    // Not written in the order of their ids, so that the order of the list is no accident.
    for (const id of [2, 0, 4, 1, 3].map((index) => ids[index] ?? "")) {
      const exitPlan = planWholeExit({ stopLoss: null, takeProfit: null });
      const common = { botId, marketId: market.id, side: "long" as const, entryPrice: 100 };
      const closed = {
        quantity: 0,
        margin: 0,
        settingsVersion: 1,
        exitPlan,
        openedAt: from,
        closedAt: to,
        settledThrough: to,
        mark: 100,
        markedAt: to,
      };
      const owner = { accountId: bot.accountId, accountKind: bot.accountKind };
      await runtime.db.position.create({ data: { id, ...common, ...closed, ...owner, leverage: 1 } });
      const money = { grossPnl: 0, fees: 0, funding: 0, slippage: 0, realizedPnl: 0 };
      const ended = { quantity: 1, exitPrice: 100, enteredAt: from, exitedAt: to, exitReason: "stop-loss" };
      await runtime.db.trade.create({ data: { positionId: id, ...common, ...ended, ...money } });
    }
    for (const limit of [1, 2, 5]) {
      const rows = await readAll((page) => listTrades(fixture.ports, { ...owned, botId }, page), limit);
      expect(rows.map(({ positionId }) => positionId)).toEqual(ids.toReversed());
    }
  });

  it("of cycles hold each slot once and count what it opened, closed and refused", async () => {
    const rows = await readAll((page) => listCycles(fixture.ports, owned, page), 7);
    expect(rows.map((each) => cycleRowSchema.parse(each).slot.getTime())).toEqual(
      Array.from({ length: HOURS }, (_, index) => FIRST_SLOT + (HOURS - 1 - index) * HOUR_MS),
    );
    const total = (count: "opened" | "closed" | "refused") => rows.reduce((sum, row) => sum + row[count], 0);
    const trades = await runtime.db.trade.count({ where: { botId: owned.botId } });
    const positions = await runtime.db.position.count({ where: { botId: owned.botId } });
    expect([total("opened"), total("closed"), total("refused")]).toEqual([positions, trades, HOURS - positions]);
    expect(rows.filter(({ isHistory }) => isHistory)).toHaveLength(20);
    expect(rows.every(({ status, durationMs }) => status === "done" && durationMs !== null)).toBe(true);
  });

  it("of cycles begin with the newest that has begun, however many are planned ahead of it", async () => {
    const slot = new Date(FIRST_SLOT + 10 * HOURS * HOUR_MS);
    const planned = await runtime.db.cycle.create({ data: { id: runtime.newId(), botId: owned.botId, slot } });
    const [newest] = (await listCycles(fixture.ports, owned, { limit: 1 })).items;
    await runtime.db.cycle.delete({ where: { id: planned.id } });
    expect(newest).toMatchObject({ slot: new Date(FIRST_SLOT + (HOURS - 1) * HOUR_MS), status: "done" });
  });

  it("of decisions are all, those that wanted something, or those that were refused, with the rule", async () => {
    const read = (filter: "all" | "wanted" | "refused") =>
      readAll((page) => listDecisions(fixture.ports, owned, { ...page, filter }), 10);
    // As a version before wrote it: the page tells it by the rule's own numbers.
    const before = { reason: "pair-is-free: measured 1, limit 0 (count)" };
    await tables.verdict.updateMany({ where: { rule: "pair-is-free" }, data: before });
    const [all, wanted, refused] = [await read("all"), await read("wanted"), await read("refused")];
    const positions = await runtime.db.position.count({ where: { botId: owned.botId } });
    expect([all.length, wanted.length, refused.length]).toEqual([HOURS, HOURS, HOURS - positions]);
    expect(wanted).toEqual(all);
    for (const row of refused.map((each) => decisionRowSchema.parse(each))) {
      expect(row).toMatchObject({ outcome: "rejected", rule: "pair-is-free", pair: "BTC/USDT", action: "open" });
      expect(row.verdictText).toBe("this pair has an open position");
    }
    const passed = await runtime.db.verdict.findFirstOrThrow({ where: { botId: owned.botId, outcome: "approved" } });
    const checks = [
      { rule: "drawdown", outcome: "exempt", measured: null, limit: "none for the control", unit: "state" },
    ];
    const smaller = { outcome: "resized", rule: "cash", checks } as const;
    await tables.verdict.update({ where: { decisionId: passed.decisionId }, data: smaller });
    const control = (await read("wanted")).find(({ id }) => id === passed.decisionId);
    expect(control?.verdictText).toMatch(/^made smaller .*; as the control it is exempt from/);
  });

  it("end where they end, and a cursor that no page gave is refused in words that help", async () => {
    const [first] = (await listCycles(fixture.ports, owned, { limit: HOURS })).items;
    const whole = await listCycles(fixture.ports, owned, { limit: HOURS });
    expect([first?.slot.getTime(), whole.nextCursor]).toEqual([FIRST_SLOT + (HOURS - 1) * HOUR_MS, null]);
    for (const cursor of ["nonsense", "", Buffer.from('[1,"x"]').toString("base64url")]) {
      const refused = listTrades(fixture.ports, owned, { cursor, limit: 5 });
      await expect(refused).rejects.toThrow(AppError);
      await expect(refused).rejects.toThrow("leave it out to start from its first row");
    }
  });

  it("of another user's bot are not found", async () => {
    const stranger = { ...owned, userId: runtime.newId() };
    const calls = [
      () => listTrades(fixture.ports, stranger, { limit: 5 }),
      () => listDecisions(fixture.ports, stranger, { limit: 5, filter: "all" }),
      () => listCycles(fixture.ports, stranger, { limit: 5 }),
      () => listPositions(fixture.ports, stranger),
      () => getBot(fixture.ports, stranger),
    ];
    for (const call of calls) await expect(call()).rejects.toMatchObject({ name: "AppError", code: "not-found" });
  });
});

describe("a bot's page", () => {
  it("says how it has done by its trades, its time and its cycles", async () => {
    const bot = botDetailSchema.parse(await getBot(fixture.ports, owned));
    const trades = await runtime.db.trade.findMany({ where: { botId: owned.botId } });
    const nets = trades.map(({ realizedPnl }) => decimal(realizedPnl.toFixed()));
    const wins = nets.filter((net) => net.gt(0));
    const { performance } = bot;
    expect(performance).toMatchObject({ trades: trades.length, wins: wins.length, isTooFew: true });
    expect(performance.closed.net).toBe(sumOf(nets).toFixed());
    expect(performance.days).toBeCloseTo((HOURS - 1) / 24, 9);
    expect(performance.winRate).toBeCloseTo(wins.length / trades.length, 12);
    expect(performance.returnFraction).toBeCloseTo(Number(bot.pnl?.total) / 10_000, 12);
    expect(performance.maxDrawdown).toBe(bot.drawdown?.max);
    expect(bot.cycles).toEqual({ done: HOURS, skipped: 0, failed: 0 });
    expect([bot.startedAt, bot.openedAt]).toEqual([new Date(FIRST_SLOT), OPENED_AT]);
    expect(bot.settings.map(({ title }) => title)).toEqual([
      "Trading",
      "Trinity",
      "Matching",
      "Size",
      "Losses",
      "Entries",
    ]);
  });
});

describe("open positions", () => {
  it("say what they may still cost, by hand, and which cycle opened them", async () => {
    const open = openPositionsSchema.parse(await listPositions(fixture.ports, owned));
    const [position] = open.positions;
    if (!position) throw new Error("the fixture holds a position");
    const stored = await runtime.db.position.findFirstOrThrow({ where: { botId: owned.botId, closedAt: null } });
    const [quantity, mark, stop] = [position.quantity, position.mark, position.stopLoss ?? NaN].map(decimal);
    if (!quantity || !mark || !stop) throw new Error("a position has all three");
    const exit = (price: typeof stop) => price.minus(mark).times(quantity).minus(price.times(quantity).times("0.0005"));
    expect(Number(position.lossAtStop)).toBeCloseTo(exit(stop).toNumber(), 6);
    expect(Number(position.lossAtGap)).toBeCloseTo(exit(stop.times("0.95")).toNumber(), 6);
    expect([open.lossIfEveryStopFills, open.lossWithGap]).toEqual([position.lossAtStop, position.lossAtGap]);
    expect(open.unrealized).toBe(position.unrealized);
    const cycle = await runtime.db.cycle.findUniqueOrThrow({ where: { id: position.openedByCycle ?? "" } });
    expect(cycle.slot).toEqual(stored.openedAt);
  });
});
