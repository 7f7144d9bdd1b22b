import { describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { exitTermsSchema } from "~/trading/portfolio/exit-terms";
import { checkBotInvariants } from "../books/check-bot-invariants";
import { loadOpenPositions } from "../books/positions";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { claimSlot, stagesOf, wishToEnter } from "../testing/cycle-fixture";
import { guardOnly } from "../testing/guard-only";
import { shiftMarket } from "../testing/shift-market";
import { listPositions } from "../views/bots/list-positions";
import { getCandleChart } from "../views/history/get-candle-chart";
import { getPosition } from "../views/cycles/get-position";
import { listActivity } from "../views/overview/list-activity";
import type { FillPlan } from "../testing/slow-exchange";
import { createSlowFixture, expectSound, guardAt, runSoundHour, type SlowFixture } from "../testing/slow-fixture";

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
  const exits = exitTermsSchema.parse({ targets: [{ atFraction: 0.02, share: 0.5 }] });
  const settings = { dca: { legs: LEGS }, risk: { rewardToRiskMin: 0.5 } };
  const fixture = await createBooksFixture(runtime, { volatility: 0.0001, settings });
  const cycle = await claimSlot(fixture, FIRST_SLOT, { holder: "run-1" });
  const wish = wishToEnter(fixture)(FIRST_SLOT).map((decision) => ({ ...decision, exits }));
  for (const stage of stagesOf(fixture, () => wish)) await stage.run(cycle);
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
    const [part] = after?.exitPlan.remainingLegs ?? [];
    expect(Number(part?.quantity) / Number(after?.quantity), "the part that leaves grew with it").toBeCloseTo(0.5, 2);
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

  it("enters none in the cycles of a bot that only reduces", async () => {
    const fixture = await enterInLegs();
    const { botId } = fixture;
    await runtime.db.bot.update({ where: { id: botId }, data: { tradingState: "reducing" } });
    const cycle = await claimSlot(fixture, SECOND, { holder: "run-2" });
    for (const stage of stagesOf(fixture, () => [])) await stage.run(cycle);
    expect((await ordersOf(fixture)).map(({ intent }) => intent.purpose)).toEqual(["entry"]);
  });

  it("has none any more once its bot was paused, also where no price was reached meanwhile", async () => {
    const fixture = await enterInLegs();
    const { botId } = fixture;
    const setStatus = (status: "paused" | "running") =>
      runtime.db.bot.update({ where: { id: botId }, data: { status } });
    await setStatus("paused");
    fixture.setTime(FIRST_SLOT + HOUR_MS / 4);
    await guardOnly(fixture.ports, botId);
    await setStatus("running");
    fixture.setTime(SECOND);
    await guardOnly(fixture.ports, botId);
    expect((await ordersOf(fixture)).map(({ intent }) => intent.purpose)).toEqual(["entry"]);
  });

  /** The same plan at an exchange that fills the first order by this plan. */
  const enterSlowly = async (plan: FillPlan): Promise<SlowFixture> => {
    const settings = { dca: { legs: LEGS }, risk: { rewardToRiskMin: 0.5 } };
    const fixture = await createSlowFixture(runtime, [plan], { volatility: 0.0001, settings });
    await runSoundHour(fixture, 0, wishToEnter(fixture));
    return fixture;
  };

  it("that is learnt of after equity was marked is posted after that, and so are its legs of before", async () => {
    const fixture = await enterSlowly({ parts: [[3, 1]], loses: "answer", shownAfter: 70 });
    shiftMarket(fixture, FIRST_SLOT + HOUR_MS / 2, 0.993);
    await runSoundHour(fixture, 1, () => []);
    await guardAt(fixture, SECOND + HOUR_MS / 4);
    expect((await ordersOf(fixture)).map(({ intent, status }) => `${intent.purpose} ${status}`)).toEqual([
      "entry filled",
      "leg filled",
    ]);
    const posted = await runtime.db.ledgerEntry.findMany({ where: { position: { botId: fixture.botId } } });
    expect(new Set(posted.map(({ postedAt }) => postedAt.getTime()))).toEqual(new Set([SECOND + HOUR_MS / 4]));
    await expectSound(fixture, SECOND, "guard");
  });

  it("that is filled in parts has legs in proportion, which grow with each part", async () => {
    const fixture = await enterSlowly({
      parts: [
        [0, 0.5],
        [30, 0.5],
      ],
    });
    const plannedNow = async () => {
      const [position] = await loadOpenPositions(runtime.db, fixture.botId);
      return position?.exitPlan.entryLegs.map(({ quantity, fee }) => [Number(quantity), Number(fee)]) ?? [];
    };
    const [order] = await ordersOf(fixture);
    const ordered = (order?.intent.legs as { quantity: string; fee: string }[] | undefined) ?? [];
    const half = await plannedNow();
    expect(half).toHaveLength(2);
    for (const [index, [quantity = 0, fee = 0]] of half.entries()) {
      expect(quantity / Number(ordered[index]?.quantity)).toBeCloseTo(0.5, 2);
      expect(fee / Number(ordered[index]?.fee)).toBeCloseTo(0.5, 2);
    }
    await guardAt(fixture, FIRST_SLOT + HOUR_MS / 2 + 60_000);
    expect(await plannedNow()).toEqual(ordered.map(({ quantity, fee }) => [Number(quantity), Number(fee)]));
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

it("adds to a position in profit once, by one order in whatever parts it is filled, and pages keep to what opened it", async () => {
  const plans = [
    { parts: [[0, 1]] },
    {
      parts: [
        [0, 0.5],
        [30, 0.5],
      ],
    },
  ] satisfies FillPlan[];
  const settings = { risk: { pyramidingMarginMax: 0.05 } };
  const fixture = await createSlowFixture(runtime, plans, { volatility: 0.0001, settings });
  const { userId, botId } = fixture;
  shiftMarket(fixture, FIRST_SLOT + HOUR_MS / 2, 1.004);
  for (const hour of [0, 1]) await runSoundHour(fixture, hour, wishToEnter(fixture));
  await guardAt(fixture, SECOND + HOUR_MS / 2 + 60_000);
  await runSoundHour(fixture, 2, wishToEnter(fixture));
  const orders = await ordersOf(fixture);
  expect(orders.map(({ status, fills }) => [status, fills.length])).toEqual([
    ["filled", 1],
    ["filled", 2],
  ]);
  const [position] = await loadOpenPositions(runtime.db, botId);
  const [first, added] = orders;
  expect(position?.quantity.toFixed()).toBe(first?.quantity.plus(added?.quantity ?? 0).toFixed());
  const { exitPlan } = position ?? {};
  expect([exitPlan?.added, exitPlan?.addition?.at, exitPlan?.addition?.from]).toEqual([
    1,
    SECOND,
    first?.quantity.toFixed(),
  ]);
  const opened = await runtime.db.cycle.findFirstOrThrow({ where: { botId, slot: new Date(FIRST_SLOT) } });
  const listed = await listPositions(fixture.ports, { userId, botId });
  const view = await getPosition(runtime, { userId, positionId: position?.id ?? "" });
  const [told] = (await listActivity(fixture.ports, { userId }, 10)).filter(({ kind }) => kind === "trade-opened");
  expect([listed.positions[0]?.openedByCycle, view.openedByCycle, told?.cycleId]).toEqual(Array(3).fill(opened.id));
  const refused = await runtime.db.verdict.findFirstOrThrow({ where: { botId }, orderBy: { slot: "desc" } });
  expect(refused).toMatchObject({ outcome: "rejected", rule: "pair-is-free" });
  expect(refused.reason).toContain("it was added to before");
});
