import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import type { Decision } from "~/trading/decision/basis/decision";
import { createBotContexts } from "../bot-context";
import { createDatabase, type Database } from "../db/client";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { claimSlot, expireLease, planSlot, stagesOf, wishToEnter } from "../testing/cycle-fixture";
import { guardOnly } from "../testing/guard-only";
import { shiftMarket } from "../testing/shift-market";
import { executeOrders } from "./execute-orders";
import { findGuardedBots } from "./find-guarded-bots";
import { guardBot } from "./guard-positions";
import { readPortfolio } from "./read-portfolio";

let runtime: Runtime;
/** Runs as the owner of the tables. */
let owner: Database;
openBed(
  (bed) => {
    runtime = bed.runtime;
    owner = createDatabase({ url: bed.database.ownerUrl, poolMax: 1 });
  },
  { poolMax: 10 },
);
afterAll(() => owner.$disconnect());

const NOBODY = "00000000-0000-0000-0000-000000000000";
const SECOND = FIRST_SLOT + HOUR_MS;
const RISK = { cooldownMinutes: 0, consecutiveLossesMax: 100, dailyLossMax: 0.5, dailyLossOfCapitalMax: 0.5 };

const guard = ({ ports, botId }: BooksFixture): Promise<number> => guardOnly(ports, botId);

/** A bot that entered at the first slot. */
const enterAtFirst = async (): Promise<BooksFixture> => {
  const fixture = await createBooksFixture(runtime, { volatility: 0.0005 });
  const cycle = await claimSlot(fixture, FIRST_SLOT, { holder: "run-1" });
  for (const stage of stagesOf(fixture, wishToEnter(fixture))) await stage.run(cycle);
  return fixture;
};

const booksOf = async ({ botId }: BooksFixture) => {
  const [trades, points, lines] = await Promise.all([
    runtime.db.trade.findMany({
      where: { botId },
      orderBy: [{ exitedAt: "asc" }],
      omit: { positionId: true, botId: true, marketId: true, createdAt: true },
    }),
    runtime.db.equityPoint.findMany({ where: { botId }, orderBy: { at: "asc" }, omit: { botId: true } }),
    runtime.db.ledgerEntry.groupBy({
      by: ["account"],
      where: { botId },
      _sum: { amount: true },
      orderBy: { account: "asc" },
    }),
  ]);
  return JSON.parse(JSON.stringify({ trades, points, lines })) as {
    trades: object[];
    points: object[];
    lines: object[];
  };
};

describe("the guard's cadence", () => {
  const HOURS = 16;
  const run = async (moments: readonly number[]) => {
    const fixture = await createBooksFixture(runtime, { seed: 3, settings: { risk: RISK } });
    for (let hour = 0; hour < HOURS; hour++) {
      const slot = FIRST_SLOT + hour * HOUR_MS;
      const cycle = await claimSlot(fixture, slot, { holder: `run-${hour}` });
      for (const stage of stagesOf(fixture, wishToEnter(fixture))) await stage.run(cycle);
      for (const moment of moments.filter((each) => Math.floor(each / 60) === hour)) {
        fixture.setTime(FIRST_SLOT + moment * 60_000);
        await guard(fixture);
      }
    }
    return booksOf(fixture);
  };

  it("never changes a result: guarded at any moments or never, a bot has the same trades, equity and ledger", async () => {
    const unguarded = await run([]);
    expect(unguarded.trades.length).toBeGreaterThan(2);
    const arbitrary = fc.array(fc.integer({ min: 0, max: HOURS * 60 - 1 }), { minLength: 10, maxLength: 60 });
    for (const moments of fc.sample(arbitrary, { numRuns: 2, seed: 11 })) {
      expect(await run(moments.toSorted((one, other) => one - other))).toEqual(unguarded);
    }
  });
});

describe("a guard that comes while a cycle is at work", () => {
  it.each([0, 1, 2, 3, 4, 5])("before its stage %i leaves the cycle the books of its slot", async (index) => {
    const [guarded, unguarded] = [await enterAtFirst(), await enterAtFirst()];
    for (const fixture of [guarded, unguarded]) {
      shiftMarket(fixture, SECOND, 0.95);
      const cycle = await claimSlot(fixture, SECOND, { holder: "run-2" });
      for (const [at, stage] of stagesOf(fixture, wishToEnter(fixture)).entries()) {
        fixture.setTime(SECOND + 600_000);
        const closed = fixture === guarded && at === index ? await guard(fixture) : 0;
        expect(closed).toBe(0);
        await stage.run(cycle);
      }
    }
    expect(await booksOf(guarded)).toEqual(await booksOf(unguarded));
    expect(await guard(guarded)).toBe(1);
  });

  it("settles all of it when that cycle died", async () => {
    const fixture = await enterAtFirst();
    shiftMarket(fixture, SECOND, 0.95);
    await claimSlot(fixture, SECOND, { holder: "run-2" });
    fixture.setTime(SECOND + 600_000);
    await expireLease(fixture);
    expect(await guard(fixture)).toBe(1);
  });
});

describe("a guard that comes while a cycle is due", () => {
  const atDue = async (after: number): Promise<BooksFixture> => {
    const fixture = await enterAtFirst();
    shiftMarket(fixture, SECOND, 0.95);
    await planSlot(fixture, SECOND);
    fixture.setTime(SECOND + after);
    return fixture;
  };

  it("leaves it the books of its slot as long as it may run, and settles all once it is stale", async () => {
    const fixture = await atDue(HOUR_MS - 1);
    expect(await guard(fixture)).toBe(0);
    fixture.setTime(SECOND + HOUR_MS);
    expect(await guard(fixture)).toBe(1);
  });

  it("leaves the cycle at work the books of its own slot, also where the next one is due by then", async () => {
    const fixture = await enterAtFirst();
    shiftMarket(fixture, SECOND, 0.95);
    await claimSlot(fixture, SECOND, { holder: "run-2" });
    await planSlot(fixture, SECOND + HOUR_MS);
    fixture.setTime(SECOND + HOUR_MS + 600_000);
    expect(await guard(fixture)).toBe(0);
  });

  it("settles all where its bot does not run: that cycle will not either", async () => {
    const fixture = await atDue(600_000);
    await runtime.db.bot.update({ where: { id: fixture.botId }, data: { status: "stopped", stoppedReason: "user" } });
    expect(await guard(fixture)).toBe(1);
  });
});

describe("a guarded position", () => {
  it("is closed at its stop by the candle that touched it, also when its bot is stopped", async () => {
    const fixture = await enterAtFirst();
    shiftMarket(fixture, FIRST_SLOT + 1_800_000, 0.95);
    await runtime.db.bot.update({ where: { id: fixture.botId }, data: { status: "stopped", stoppedReason: "user" } });
    expect(await findGuardedBots(fixture.ports, NOBODY)).toContainEqual(
      expect.objectContaining({ botId: fixture.botId, settingsVersion: 1 }),
    );
    fixture.setTime(FIRST_SLOT + 1_800_000);
    expect(await guard(fixture)).toBe(0);
    fixture.setTime(FIRST_SLOT + 1_800_000 + 299_999);
    expect(await guard(fixture)).toBe(0);
    fixture.setTime(FIRST_SLOT + 1_800_000 + 300_000);
    expect(await guard(fixture)).toBe(1);
    expect(await guard(fixture)).toBe(0);
    const trade = await runtime.db.trade.findFirstOrThrow({ where: { botId: fixture.botId } });
    expect(trade).toMatchObject({ exitReason: "stop-loss", exitedAt: new Date(FIRST_SLOT + 1_800_000) });
    const bots = await findGuardedBots(fixture.ports, NOBODY);
    expect(bots.map(({ botId }) => botId)).not.toContain(fixture.botId);
  });

  it("is left alone on a market that is archived, and where its exits are its venue's", async () => {
    const fixture = await enterAtFirst();
    const { botId, ports, venueId } = fixture;
    shiftMarket(fixture, FIRST_SLOT + 1_800_000, 0.95);
    fixture.setTime(FIRST_SLOT + 2_700_000);
    const isGuarded = async () => (await findGuardedBots(ports, NOBODY)).some((bot) => bot.botId === botId);
    expect(await isGuarded()).toBe(true);
    await runtime.db.venue.update({ where: { id: venueId }, data: { archivedAt: new Date(FIRST_SLOT) } });
    expect(await isGuarded()).toBe(false);
    await runtime.db.venue.update({ where: { id: venueId }, data: { archivedAt: null } });
    await owner.$transaction([
      owner.$executeRaw`SET LOCAL session_replication_role = replica`,
      owner.$executeRaw`UPDATE bots SET account_kind = 'live' WHERE id = ${botId}::uuid`,
      owner.$executeRaw`UPDATE positions SET account_kind = 'live' WHERE bot_id = ${botId}::uuid`,
      owner.$executeRaw`UPDATE accounts SET kind = 'live' WHERE user_id = ${fixture.userId}::uuid`,
    ]);
    expect(await isGuarded()).toBe(false);
    const contexts = createBotContexts(runtime.db);
    expect(await guardBot({ ...ports, contexts }, { botId, settingsVersion: 1 })).toBe(0);
  });

  it("is closed once when guards and a cycle settle it at the same time", async () => {
    const fixture = await enterAtFirst();
    shiftMarket(fixture, SECOND - 600_000, 1.1);
    const cycle = await claimSlot(fixture, SECOND, { holder: "run-2" });
    const [portfolio, ...guards] = await Promise.all([
      readPortfolio(fixture.ports, cycle),
      guard(fixture),
      guard(fixture),
      guard(fixture),
    ]);
    expect([portfolio.closed, ...guards].toSorted((one, other) => one - other)).toEqual([0, 0, 0, 1]);
    const { botId } = fixture;
    expect(await runtime.db.trade.count({ where: { botId } })).toBe(1);
    expect(await runtime.db.fill.count({ where: { position: { botId } } })).toBe(2);
  });

  it("that a cycle wants to close has one exit, whoever comes first", async () => {
    for (const guardFirst of [true, false]) {
      const fixture = await enterAtFirst();
      const { botId, ports } = fixture;
      shiftMarket(fixture, SECOND, 0.95);
      const close = (decision: Decision): Decision => ({
        ...decision,
        action: "close",
        sizeFraction: null,
        leverage: null,
        entryPrice: null,
        stopLoss: null,
        takeProfit: null,
      });
      const stages = stagesOf(fixture, (slot) => wishToEnter(fixture)(slot).map(close));
      const cycle = await claimSlot(fixture, SECOND, { holder: "run-2" });
      for (const stage of stages.slice(0, 4)) await stage.run(cycle);
      expect(await runtime.db.order.count({ where: { status: "pending", intent: { botId, purpose: "exit" } } })).toBe(
        1,
      );
      fixture.setTime(SECOND + 600_000);
      // The guard leaves a bot with a current lease alone. After it expires, a late cycle and the guard meet.
      await expireLease(fixture);
      const works = [() => guard(fixture), () => executeOrders(ports, cycle)];
      await Promise.all((guardFirst ? works : works.toReversed()).map((work): Promise<unknown> => work()));
      expect(await runtime.db.trade.count({ where: { botId } })).toBe(1);
      expect(await runtime.db.fill.count({ where: { position: { botId } } })).toBe(2);
      const orders = await runtime.db.order.findMany({
        where: { intent: { botId, purpose: { in: ["exit", "protective"] } } },
      });
      expect(orders.filter(({ status }) => status === "filled")).toHaveLength(1);
    }
  });
});
