import { beforeAll, describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import type { TestDatabase } from "../../../scripts/testing/test-database";
import { decimal, sumOf } from "~/trading/money";
import { unpackShown } from "~/trading/decision/basis/packed-analysis";
import { checkBotInvariants } from "../books/check-bot-invariants";
import { createDatabase } from "../db/client";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { claimSlot, stagesOf, wishToEnter, type Wish } from "../testing/cycle-fixture";
import { createBotContexts } from "../bot-context";
import { executeOrders } from "./execute-orders";

let database: TestDatabase;
let runtime: Runtime;
openBed((bed) => ({ database, runtime } = bed), { poolMax: 10 });

const PERMISSIVE = {
  cooldownMinutes: 0,
  consecutiveLossesMax: 100,
  dailyLossMax: 0.5,
  dailyLossOfCapitalMax: 0.5,
  tradesPerDayMax: 200,
};

/** Runs whole cycles, hour after hour, and checks every invariant after every stage. */
const runHours = async (fixture: BooksFixture, hours: number, wish: Wish): Promise<void> => {
  const { ports, botId } = fixture;
  for (let slot = FIRST_SLOT; slot < FIRST_SLOT + hours * HOUR_MS; slot += HOUR_MS) {
    const cycle = await claimSlot(fixture, slot, { holder: `run-${slot}` });
    for (const stage of stagesOf(fixture, wish)) {
      await stage.run(cycle);
      const broken = await checkBotInvariants(ports, { botId, settingsVersion: 1, at: slot });
      expect(broken, `${stage.name} at ${new Date(slot).toISOString()}`).toEqual([]);
    }
  }
};

describe("a bot that enters whenever it may", () => {
  let fixture: BooksFixture;
  beforeAll(async () => {
    fixture = await createBooksFixture(runtime, { seed: 3, settings: { risk: PERMISSIVE } });
    await runHours(fixture, 36, wishToEnter(fixture));
  });

  it("trades, by stops and by targets, and holds at most one position of a pair", async () => {
    const trades = await runtime.db.trade.findMany({ where: { botId: fixture.botId } });
    const reasons = new Set(trades.map(({ exitReason }) => exitReason));
    expect([...reasons].toSorted()).toEqual(["stop-loss", "take-profit"]);
    expect(await runtime.db.position.count({ where: { botId: fixture.botId, closedAt: null } })).toBeLessThan(2);
  });

  it("names the rule of every refusal, and orders nothing that was refused", async () => {
    const verdicts = await runtime.db.verdict.findMany({ include: { decision: { include: { intents: true } } } });
    const rejected = verdicts.filter(({ outcome }) => outcome === "rejected");
    expect(rejected.length).toBeGreaterThan(0);
    for (const { rule, decision } of rejected) expect([rule, decision.intents]).toEqual(["pair-is-free", []]);
    const passed = verdicts.filter(({ outcome }) => outcome !== "rejected");
    for (const { decision } of passed) expect(decision.intents).toHaveLength(1);
  });

  it("has books that add up: cash is capital plus what its trades made, less what is bound in its position", async () => {
    const { botId } = fixture;
    const [trades, open, lines] = await Promise.all([
      runtime.db.trade.findMany({ where: { botId } }),
      runtime.db.position.findMany({ where: { botId, closedAt: null }, include: { fills: true } }),
      runtime.db.ledgerEntry.findMany({ where: { botId } }),
    ]);
    const total = (values: { toString(): string }[]) => sumOf(values.map((value) => decimal(value.toString())));
    const cash = total(lines.filter(({ account }) => account === "cash").map(({ amount }) => amount));
    const made = total(trades.map(({ realizedPnl }) => realizedPnl));
    const bound = total(open.flatMap(({ margin, fills }) => [margin, ...fills.map(({ fee }) => fee)]));
    expect(cash.toFixed()).toBe(decimal(10_000).plus(made).minus(bound).toFixed());
    expect(total(lines.map(({ amount }) => amount)).isZero()).toBe(true);
  });

  it("marks equity once at every slot, as cash + margin + unrealised profit", async () => {
    const points = await runtime.db.equityPoint.findMany({ where: { botId: fixture.botId }, orderBy: { at: "asc" } });
    expect(points.map(({ at }) => at.getTime())).toEqual(
      Array.from({ length: 36 }, (_, index) => FIRST_SLOT + index * HOUR_MS),
    );
    for (const { equity, cash, margin, unrealizedPnl } of points) {
      expect(equity.toFixed()).toBe(cash.plus(margin).plus(unrealizedPnl).toFixed());
    }
  });
});

describe("orders", () => {
  it("sent twice fill once, at the price of the slot, under one client order id", async () => {
    const fixture = await createBooksFixture(runtime);
    const stages = stagesOf(fixture, wishToEnter(fixture));
    const cycle = await claimSlot(fixture, FIRST_SLOT, { holder: "run" });
    for (const stage of stages.slice(0, 4)) await stage.run(cycle);
    const execute = () => executeOrders(fixture.ports, cycle);
    const results = await Promise.all([execute(), execute(), execute(), execute()]);
    for (const result of [...results, await execute()]) {
      expect(result).toEqual({ filled: 1, working: 0, rejected: 0, unknown: 0 });
    }
    const fills = await runtime.db.fill.findMany({
      where: { position: { botId: fixture.botId } },
      include: { order: { include: { intent: true } } },
    });
    expect(fills).toHaveLength(1);
    expect(fills[0]?.venueFillId).toBe(`${fills[0]?.order.intent.clientOrderId}:1`);
    expect(fills[0]?.filledAt.getTime()).toBe(FIRST_SLOT);
    expect(fills[0]?.order.status).toBe("filled");
  });

  it("without a price at the slot are rejected, and the books stay as they were", async () => {
    const fixture = await createBooksFixture(runtime);
    const stages = stagesOf(fixture, wishToEnter(fixture));
    const cycle = await claimSlot(fixture, FIRST_SLOT, { holder: "run" });
    for (const stage of stages.slice(0, 4)) await stage.run(cycle);
    await runtime.db.marketSnapshot.updateMany({
      where: { slot: new Date(FIRST_SLOT) },
      data: { referencePrice: null },
    });
    // As a process that did not see the price before.
    const db = createDatabase({ url: database.url, poolMax: 2 });
    const ports = { ...fixture.ports, db, contexts: createBotContexts(db) };
    expect(await executeOrders(ports, cycle)).toEqual({
      filled: 0,
      working: 0,
      rejected: 1,
      unknown: 0,
    });
    await db.$disconnect();
    const order = await runtime.db.order.findFirstOrThrow({ where: { intent: { botId: fixture.botId } } });
    expect(order).toMatchObject({ status: "rejected", statusReason: "no price at this slot" });
    expect(await runtime.db.position.count({ where: { botId: fixture.botId } })).toBe(0);
  });
});

describe("the bot's own mode", () => {
  it("stores a decision and the analysis that it was made on for every pair, hour after hour", async () => {
    const pairs = ["BTC/USDT", "ETH/USDT", "SOL/USDT"];
    const settings = { decision: { preset: "original" }, risk: { ...PERMISSIVE, correlationMax: 1 } };
    const fixture = await createBooksFixture(runtime, { pairs, seed: 5, volatility: 0.002, settings });
    await runHours(fixture, 12, null);
    const analyses = await runtime.db.analysis.findMany({
      where: { market: { venueId: fixture.venueId } },
      include: { decisions: true },
    });
    expect(analyses).toHaveLength(36);
    for (const { decisions, content } of analyses) {
      expect(decisions).toHaveLength(1);
      expect(unpackShown(content).evidence).toHaveLength(42);
    }
    expect(
      await runtime.db.decision.count({ where: { action: "open", cycle: { botId: fixture.botId } } }),
    ).toBeGreaterThan(0);
    expect(await runtime.db.fill.count({ where: { position: { botId: fixture.botId } } })).toBeGreaterThan(0);
  });
});
