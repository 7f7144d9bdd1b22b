import { describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { checkBotInvariants } from "../books/check-bot-invariants";
import { loadOpenPositions } from "../books/positions";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { claimSlot, stagesOf, wishToEnter } from "../testing/cycle-fixture";
import { guardOnly } from "../testing/guard-only";
import { shiftMarket } from "../testing/shift-market";
import { listPositions } from "../views/bots/list-positions";
import { getCandleChart } from "../views/history/get-candle-chart";

let runtime: Runtime;
openBed((bed) => {
  runtime = bed.runtime;
});

const LEGS = [
  { againstFraction: 0.005, share: 0.3 },
  { againstFraction: 0.008, share: 0.2 },
];
const SECOND = FIRST_SLOT + HOUR_MS;

/** A bot that entered the first part of its plan at the first slot, in a market that then falls by 0.7 %. */
const enterInLegs = async (): Promise<BooksFixture> => {
  const settings = { dca: { legs: LEGS }, risk: { rewardToRiskMin: 0.5 } };
  const fixture = await createBooksFixture(runtime, { volatility: 0.0001, settings });
  const cycle = await claimSlot(fixture, FIRST_SLOT, { holder: "run-1" });
  for (const stage of stagesOf(fixture, wishToEnter(fixture))) await stage.run(cycle);
  shiftMarket(fixture, FIRST_SLOT + HOUR_MS / 2, 0.993);
  fixture.setTime(SECOND);
  return fixture;
};

const ordersOf = ({ botId }: BooksFixture) =>
  runtime.db.order.findMany({
    where: { intent: { botId } },
    include: { intent: true, fills: true },
    orderBy: { createdAt: "asc" },
  });

describe("an entry in legs on a paper account", () => {
  it("orders the first part at once, and fills and books a leg when settlement finds its price reached", async () => {
    const fixture = await enterInLegs();
    const [before] = await loadOpenPositions(runtime.db, fixture.botId);
    expect(before?.exitPlan.entryLegs).toHaveLength(2);
    await guardOnly(fixture.ports, fixture.botId);
    const [after] = await loadOpenPositions(runtime.db, fixture.botId);
    const orders = await ordersOf(fixture);
    expect(orders.map(({ intent, status }) => `${intent.purpose} ${status}`)).toEqual(["entry filled", "leg filled"]);
    const [entry, leg] = orders;
    expect(after?.quantity.toFixed()).toBe(entry?.quantity.plus(leg?.quantity ?? 0).toFixed());
    expect(after?.entryPrice.lt(before?.entryPrice ?? 0)).toBe(true);
    expect([after?.exitPlan.entryLegs.length, after?.exitPlan.enteredLegs.length]).toEqual([1, 1]);
    expect(leg?.intent.positionId).toBe(after?.id);
    expect(new Set(orders.map(({ clientOrderId }) => clientOrderId)).size).toBe(2);
    const { botId } = fixture;
    expect(await checkBotInvariants(fixture.ports, { botId, settingsVersion: 1, at: SECOND })).toEqual([]);
  });

  it("enters a leg once, however often and at once it is looked at", async () => {
    const fixture = await enterInLegs();
    await Promise.all(Array.from({ length: 4 }, () => guardOnly(fixture.ports, fixture.botId)));
    await guardOnly(fixture.ports, fixture.botId);
    expect(await ordersOf(fixture)).toHaveLength(2);
  });

  it("shows what is to come, and what it would cost at the stop, as long as its bot may enter it", async () => {
    const fixture = await enterInLegs();
    const { botId, userId } = fixture;
    const view = async () => {
      const { positions } = await listPositions(fixture.ports, { botId, userId });
      const chart = await getCandleChart(fixture.ports, { botId, userId, pair: "BTC/USDT", timeframe: "1h" });
      return { position: positions[0], legs: chart.position?.legs };
    };
    const both = await view();
    const [entry] = await ordersOf(fixture);
    expect(Number(both.position?.toCome)).toBeCloseTo(Number(entry?.quantity), 2);
    expect(both.legs).toHaveLength(2);
    await runtime.db.bot.update({ where: { id: botId }, data: { status: "paused" } });
    const none = await view();
    expect([none.position?.toCome, none.legs]).toEqual([null, []]);
    expect(Number(both.position?.lossAtStop)).toBeLessThan(Number(none.position?.lossAtStop) * 1.1);
  });

  it.each([
    ["is paused", { status: "paused" as const }],
    ["only reduces", { tradingState: "reducing" as const }],
    ["is halted", { tradingState: "halted" as const }],
  ])("enters none while its bot %s, nor later what was reached meanwhile", async (_, change) => {
    const fixture = await enterInLegs();
    const { botId } = fixture;
    await runtime.db.bot.update({ where: { id: botId }, data: change });
    await guardOnly(fixture.ports, botId);
    await runtime.db.bot.update({ where: { id: botId }, data: { status: "running", tradingState: "active" } });
    fixture.setTime(SECOND + HOUR_MS);
    await guardOnly(fixture.ports, botId);
    expect((await ordersOf(fixture)).map(({ intent }) => intent.purpose)).toEqual(["entry"]);
    const [position] = await loadOpenPositions(runtime.db, botId);
    expect(position?.exitPlan.entryLegs).toEqual([]);
  });

  it("counts as one entry of its day and its candle, whatever its legs", async () => {
    const fixture = await enterInLegs();
    await guardOnly(fixture.ports, fixture.botId);
    const books = await fixture.ports.contexts(fixture.botId, 1);
    expect(books.settings.dca.legs).toHaveLength(2);
    const cycle = await claimSlot(fixture, SECOND, { holder: "run-2" });
    for (const stage of stagesOf(fixture, wishToEnter(fixture))) await stage.run(cycle);
    const verdict = await runtime.db.verdict.findFirst({ where: { botId: fixture.botId, slot: new Date(SECOND) } });
    const checks = verdict?.checks as { rule: string; measured: string }[] | undefined;
    expect(checks?.find(({ rule }) => rule === "trades-per-day")?.measured).toBe("2");
  });
});
