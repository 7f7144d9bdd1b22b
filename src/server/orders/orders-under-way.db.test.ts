import { describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import type { Exchange, ExchangeOrder } from "~/trading/execution/exchange";
import { decimal } from "~/trading/money";
import { executeOrders } from "../cycle/execute-orders";
import { guardBot } from "../cycle/guard-positions";
import type { Prisma } from "../db/prisma";
import type { Runtime } from "../runtime";
import { FIRST_SLOT, type BooksFixture } from "../testing/books-fixture";
import { claimSlot, expireLease, stagesOf, wishToEnter } from "../testing/cycle-fixture";
import { shiftMarket } from "../testing/shift-market";
import { createSlowFixture, enterSlowly, expectSound, guardAt, ordersOf, runSoundHour } from "../testing/slow-fixture";

const MINUTE_MS = 60_000;

let runtime: Runtime;
openBed((bed) => ({ runtime } = bed), { poolMax: 10 });

const die = () => Promise.reject(new Error("killed"));

const statusesOf = async (fixture: BooksFixture) =>
  (await ordersOf(fixture)).filter(({ intent }) => intent.purpose === "entry").map(({ status }) => status);

describe("an order under way", () => {
  it("whose answer was lost is asked about by its client order id and never sent again", async () => {
    const fixture = await enterSlowly(runtime, { parts: [[3, 1]], loses: "answer" });
    expect(await statusesOf(fixture)).toEqual(["unknown"]);
    await guardAt(fixture, FIRST_SLOT + 2 * MINUTE_MS);
    expect(await statusesOf(fixture)).toEqual(["accepted"]);
    await Promise.all([4, 4, 4].map((minutes) => guardAt(fixture, FIRST_SLOT + minutes * MINUTE_MS)));
    expect(await statusesOf(fixture)).toEqual(["filled"]);
    expect(fixture.exchange.placed).toHaveLength(1);
    const [position] = await runtime.db.position.findMany({
      where: { botId: fixture.botId },
      include: { fills: true },
    });
    expect([position?.openedAt.getTime(), position?.fills.length]).toEqual([FIRST_SLOT + 3 * MINUTE_MS, 1]);
    await expectSound(fixture, FIRST_SLOT, "guard");
  });

  it("that may have been sent by a process that died is asked about before it is sent", async () => {
    const fixture = await createSlowFixture(runtime, [
      {
        parts: [
          [0, 0.5],
          [30, 0.5],
        ],
      },
    ]);
    const cycle = await claimSlot(fixture, FIRST_SLOT, { holder: "run" });
    const stages = stagesOf(fixture, wishToEnter(fixture));
    for (const stage of stages.slice(0, 4)) await stage.run(cycle);
    const place = fixture.exchange.placeOrder;
    const dying = {
      ...fixture.exchange,
      placeOrder: (order: ExchangeOrder) => place(order).then(() => Promise.reject(new Error("killed"))),
    };
    await expect(executeOrders({ ...fixture.ports, exchangeOf: () => Promise.resolve(dying) }, cycle)).rejects.toThrow(
      "killed",
    );
    expect(await statusesOf(fixture)).toEqual(["submitting"]);
    expect(await executeOrders(fixture.ports, cycle)).toEqual({ filled: 0, working: 1, rejected: 0, unknown: 0 });
    expect(fixture.exchange.placed).toHaveLength(1);
  });

  it("that a cycle died with before it was sent is left to that cycle, which may go on", async () => {
    const fixture = await createSlowFixture(runtime, [{ parts: [[0, 1]] }]);
    const cycle = await claimSlot(fixture, FIRST_SLOT, { holder: "run" });
    const stages = stagesOf(fixture, wishToEnter(fixture));
    for (const stage of stages.slice(0, 4)) await stage.run(cycle);
    const dying = { ...fixture.exchange, fetchOrder: die, placeOrder: die };
    const ports = { ...fixture.ports, exchangeOf: () => Promise.resolve(dying) };
    await expect(executeOrders(ports, cycle)).rejects.toThrow("killed");
    await expireLease(fixture);
    await guardAt(fixture, FIRST_SLOT + MINUTE_MS);
    fixture.setTime(FIRST_SLOT);
    expect(await executeOrders(fixture.ports, cycle)).toEqual({ filled: 1, working: 0, rejected: 0, unknown: 0 });
    expect(fixture.exchange.placed).toHaveLength(1);
  });

  it("that is learnt of while a cycle marks equity is left to the next look, so that it is posted after that", async () => {
    const fixture = await enterSlowly(runtime, { parts: [[3, 1]], loses: "answer", shownAfter: 61 });
    const slow: Exchange = {
      ...fixture.exchange,
      fetchOrder: async (order) => {
        await runSoundHour(fixture, 1, () => []);
        fixture.setTime(FIRST_SLOT + 62 * MINUTE_MS);
        return fixture.exchange.fetchOrder(order);
      },
    };
    fixture.setTime(FIRST_SLOT + 50 * MINUTE_MS);
    const looking = { ...fixture.ports, exchangeOf: () => Promise.resolve(slow) };
    await guardBot(looking, { botId: fixture.botId, settingsVersion: 1 });
    await expectSound(fixture, FIRST_SLOT + 60 * MINUTE_MS, "guard");
    await guardAt(fixture, FIRST_SLOT + 63 * MINUTE_MS);
    expect(await statusesOf(fixture)).toEqual(["filled"]);
    await expectSound(fixture, FIRST_SLOT + 60 * MINUTE_MS, "next guard");
  });

  it("that is filled after a cycle's slot, before the cycle asks, is posted by that slot", async () => {
    const fixture = await enterSlowly(runtime, { parts: [[63, 1]] });
    const slot = FIRST_SLOT + 60 * MINUTE_MS;
    const cycle = await claimSlot(fixture, slot, { holder: "late" });
    for (const stage of stagesOf(fixture, () => [])) {
      fixture.setTime(slot + 5 * MINUTE_MS);
      await stage.run(cycle);
    }
    expect(await statusesOf(fixture)).toEqual(["filled"]);
    await runSoundHour(fixture, 2, () => []);
  });

  it("that never came to its venue is given up after a minute, not before", async () => {
    const fixture = await enterSlowly(runtime, { parts: [], loses: "order" });
    await guardAt(fixture, FIRST_SLOT + 10 * MINUTE_MS);
    expect(await statusesOf(fixture)).toEqual(["unknown"]);
    await runtime.db.order.updateMany({
      where: { intent: { botId: fixture.botId } },
      data: { updatedAt: new Date(Date.now() - 61_000) },
    });
    await guardAt(fixture, FIRST_SLOT + 11 * MINUTE_MS);
    expect(await statusesOf(fixture)).toEqual(["canceled"]);
    expect(fixture.exchange.placed).toHaveLength(1);
  });

  it("that is learnt of after equity was marked is posted after that, and so is its stop of before", async () => {
    const fixture = await enterSlowly(runtime, { parts: [[3, 1]], loses: "answer", shownAfter: 70 });
    shiftMarket(fixture, FIRST_SLOT + 20 * MINUTE_MS, 0.97);
    await runSoundHour(fixture, 1, () => []);
    await guardAt(fixture, FIRST_SLOT + 75 * MINUTE_MS);
    const trade = await runtime.db.trade.findFirstOrThrow({ where: { botId: fixture.botId } });
    expect([trade.enteredAt.getTime(), trade.exitedAt.getTime()]).toEqual([
      FIRST_SLOT + 3 * MINUTE_MS,
      FIRST_SLOT + 20 * MINUTE_MS,
    ]);
    const posted = await runtime.db.ledgerEntry.findMany({ where: { positionId: trade.positionId } });
    expect(new Set(posted.map(({ postedAt }) => postedAt.getTime()))).toEqual(new Set([FIRST_SLOT + 75 * MINUTE_MS]));
    await runSoundHour(fixture, 2, () => []);
  });

  it("is booked also where the bot's newest settings no longer name its pair", async () => {
    const fixture = await createSlowFixture(runtime, [{ parts: [[3, 1]], loses: "answer" }]);
    await runSoundHour(fixture, 0, wishToEnter(fixture, "ETH/USDT"));
    const { botId } = fixture;
    const stored = await runtime.db.botSettings.findFirstOrThrow({ where: { botId } });
    const settings = { ...(stored.settings as Prisma.JsonObject), pairs: ["BTC/USDT"] };
    await runtime.db.botSettings.create({ data: { botId, version: 2, settings } });
    fixture.setTime(FIRST_SLOT + 4 * MINUTE_MS);
    await guardBot(fixture.ports, { botId, settingsVersion: 2 });
    expect(await statusesOf(fixture)).toEqual(["filled"]);
    // It is left by the settings of the cycle that ordered it.
    expect(await runtime.db.position.findFirst({ where: { botId } })).toMatchObject({ settingsVersion: 1 });
  });

  it("makes room for an exit: the rest of an entry is called off before its position is closed", async () => {
    const fixture = await enterSlowly(
      runtime,
      {
        parts: [
          [0, 0.5],
          [90, 0.5],
        ],
      },
      { parts: [[0, 1]] },
    );
    // Neither level is touched before the bot leaves.
    const away = { stopLoss: null, takeProfit: null, sizeFraction: null, leverage: null, entryPrice: null };
    const leave = (slot: number) =>
      wishToEnter(fixture)(slot).map((wish) => ({ ...wish, ...away, action: "close" as const }));
    await runtime.db.position.updateMany({
      where: { botId: fixture.botId },
      data: { stopLoss: "0.01", takeProfit: "1000000000" },
    });
    await runSoundHour(fixture, 1, leave);
    expect(await statusesOf(fixture)).toEqual(["canceled"]);
    expect(fixture.exchange.placed).toHaveLength(2);
    await runSoundHour(fixture, 2, () => []);
    expect(await runtime.db.position.count({ where: { botId: fixture.botId, closedAt: null } })).toBe(0);
    expect(await runtime.db.fill.count({ where: { position: { botId: fixture.botId } } })).toBe(2);
  });

  it("loses to a stop what was held when the candle touched it, and has the rest called off", async () => {
    const fixture = await enterSlowly(runtime, {
      parts: [
        [0, 0.5],
        [32, 0.25],
        [55, 0.25],
      ],
    });
    shiftMarket(fixture, FIRST_SLOT + 20 * MINUTE_MS, 0.97);
    await guardAt(fixture, FIRST_SLOT + 50 * MINUTE_MS);
    const positions = await runtime.db.position.findMany({
      where: { botId: fixture.botId },
      include: { fills: { orderBy: { filledAt: "asc" } }, trade: true },
      orderBy: { openedAt: "asc" },
    });
    const [order] = await ordersOf(fixture);
    // Half was stopped at 00:20, a quarter came at 00:32 beyond the stop, and was closed by the next candle.
    expect(
      positions.map(({ openedAt, trade }) => [openedAt.getTime(), trade?.exitReason, trade?.exitedAt.getTime()]),
    ).toEqual([
      [FIRST_SLOT, "stop-loss", FIRST_SLOT + 20 * MINUTE_MS],
      [FIRST_SLOT + 32 * MINUTE_MS, "stop-loss", FIRST_SLOT + 35 * MINUTE_MS],
    ]);
    expect(positions.map(({ trade }) => trade?.quantity.toFixed())).toEqual(
      [0.5, 0.25].map((share) =>
        decimal(order?.quantity.toFixed() ?? 0)
          .times(share)
          .toFixed(),
      ),
    );
    await guardAt(fixture, FIRST_SLOT + 52 * MINUTE_MS);
    expect(await statusesOf(fixture)).toEqual(["canceled"]);
    await runSoundHour(fixture, 1, () => []);
    expect(await runtime.db.fill.count({ where: { position: { botId: fixture.botId } } })).toBe(4);
  });
});
