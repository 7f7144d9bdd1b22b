import { describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import type { ExchangeOrder } from "~/trading/execution/exchange";
import { decimal } from "~/trading/money";
import { findGuardedBots } from "../cycle/find-guarded-bots";
import { guardBot } from "../cycle/guard-positions";
import type { Runtime } from "../runtime";
import { FIRST_SLOT } from "../testing/books-fixture";
import { wishToEnter, type Wish } from "../testing/cycle-fixture";
import { shiftMarket } from "../testing/shift-market";
import {
  createSlowFixture,
  enterSlowly,
  guardAt,
  ordersOf,
  runSoundHour,
  SLOW_PAIRS,
  type SlowFixture,
} from "../testing/slow-fixture";
import { listCycles } from "../views/history/list-cycles";

const MINUTE_MS = 60_000;
const NOBODY = "00000000-0000-0000-0000-000000000000";
const [BTC = "", ETH = ""] = SLOW_PAIRS;
const LATER = { parts: [[90, 1]] } as const;
const AT_ONCE = { parts: [[0, 1]] } as const;
const HALF_LATER = {
  parts: [
    [0, 0.5],
    [90, 0.5],
  ],
} as const;

let runtime: Runtime;
openBed((bed) => ({ runtime } = bed), { poolMax: 10 });

const enter = (fixture: SlowFixture, ...pairs: readonly string[]): NonNullable<Wish> => {
  const wishes = pairs.map((pair) => wishToEnter(fixture, pair));
  return (slot) => wishes.flatMap((wish) => wish(slot));
};

const leave = (fixture: SlowFixture, pair: string): NonNullable<Wish> => {
  const nothing = { stopLoss: null, takeProfit: null, sizeFraction: null, leverage: null, entryPrice: null };
  return (slot) => enter(fixture, pair)(slot).map((wish) => ({ ...wish, ...nothing, action: "close" as const }));
};

/** Stops at a fraction of the entries, and targets that nothing touches. */
const moveLevels = async ({ botId }: SlowFixture, fraction: string): Promise<void> => {
  await runtime.db.$executeRaw`UPDATE positions SET stop_loss = round(entry_price * ${fraction}::numeric, 2),
    take_profit = 1000000000 WHERE bot_id = ${botId}::uuid`;
};

const statusOf = async (fixture: SlowFixture, pair: string, purpose: "entry" | "exit") =>
  runtime.db.order.findFirstOrThrow({
    where: { intent: { botId: fixture.botId, purpose, market: { pair } } },
    select: { status: true, statusReason: true, venueOrderId: true },
  });

describe("an order that its venue took", () => {
  it("is known by the venue's id, opens nothing before it is filled, and is not given up where the venue forgets it", async () => {
    const fixture = await enterSlowly(runtime, { parts: [[30, 1]] });
    const { botId, userId } = fixture;
    const openedBy = async () => (await listCycles(fixture.ports, { userId, botId }, { limit: 1 })).items[0]?.opened;
    const [{ clientOrderId } = { clientOrderId: "" }] = await ordersOf(fixture);
    const taken = { status: "accepted", venueOrderId: `slow:${clientOrderId}` };
    expect(await statusOf(fixture, BTC, "entry")).toMatchObject(taken);
    expect(await openedBy()).toBe(0);
    const before = { updatedAt: new Date(Date.now() - 61_000) };
    await runtime.db.order.updateMany({ where: { intent: { botId } }, data: before });
    const forgetful = { ...fixture.exchange, fetchOrder: () => Promise.resolve({ status: "absent" } as const) };
    const asking = { ...fixture.ports, exchangeOf: () => Promise.resolve(forgetful) };
    fixture.setTime(FIRST_SLOT + 10 * MINUTE_MS);
    await guardBot(asking, { botId, settingsVersion: 1 });
    expect(await statusOf(fixture, BTC, "entry")).toMatchObject(taken);
    await guardAt(fixture, FIRST_SLOT + 31 * MINUTE_MS);
    expect(await statusOf(fixture, BTC, "entry")).toMatchObject({ status: "filled" });
    expect(await openedBy()).toBe(1);
  });

  it("is cared for by its own bot only, also where another shares the account", async () => {
    const fixture = await enterSlowly(runtime, { parts: [[30, 1]] });
    const { accountId } = await runtime.db.bot.findUniqueOrThrow({ where: { id: fixture.botId } });
    const other = await fixture.addBot();
    await runtime.db.bot.update({ where: { id: other }, data: { accountId } });
    const guarded = (await findGuardedBots(fixture.ports, NOBODY)).map(({ botId }) => botId);
    expect(guarded.filter((id) => [other, fixture.botId].includes(id))).toEqual([fixture.botId]);
    await guardAt({ ...fixture, botId: other }, FIRST_SLOT + 40 * MINUTE_MS);
    expect(await runtime.db.position.count({ where: { botId: { in: [other, fixture.botId] } } })).toBe(0);
    await guardAt(fixture, FIRST_SLOT + 41 * MINUTE_MS);
    expect(await runtime.db.position.count({ where: { botId: fixture.botId } })).toBe(1);
  });
});

describe("an exit that its venue fills late", () => {
  it("is sent before an entry of the same cycle, only reduces, and is called off once a stop closed its position", async () => {
    const entered = await enterSlowly(runtime, AT_ONCE, LATER, LATER);
    const sent: ExchangeOrder[] = [];
    const placeOrder = (order: ExchangeOrder) => {
      sent.push(order);
      return entered.exchange.placeOrder(order);
    };
    const exchangeOf = () => Promise.resolve({ ...entered.exchange, placeOrder });
    const fixture = { ...entered, ports: { ...entered.ports, exchangeOf } };
    await moveLevels(fixture, "0.9");
    await runSoundHour(fixture, 1, (slot) => [...enter(fixture, ETH)(slot), ...leave(fixture, BTC)(slot)]);
    expect(sent.map(({ market, isReduceOnly }) => [market.pair, isReduceOnly])).toEqual([
      [BTC, true],
      [ETH, false],
    ]);
    shiftMarket(fixture, FIRST_SLOT + 70 * MINUTE_MS, 0.8);
    expect(await guardAt(fixture, FIRST_SLOT + 80 * MINUTE_MS)).toBe(1);
    await guardAt(fixture, FIRST_SLOT + 82 * MINUTE_MS);
    const ended = { status: "canceled", statusReason: "the rest was cancelled" };
    expect(await statusOf(fixture, BTC, "exit")).toMatchObject(ended);
  });

  it("makes room for itself in its own market only: an entry of another goes on", async () => {
    const fixture = await createSlowFixture(runtime, [HALF_LATER, HALF_LATER, AT_ONCE]);
    await runSoundHour(fixture, 0, enter(fixture, BTC, ETH));
    await moveLevels(fixture, "0.01");
    await runSoundHour(fixture, 1, leave(fixture, BTC));
    expect(await statusOf(fixture, BTC, "entry")).toMatchObject({ status: "canceled" });
    expect(await statusOf(fixture, ETH, "entry")).toMatchObject({ status: "partiallyFilled" });
    await guardAt(fixture, FIRST_SLOT + 95 * MINUTE_MS);
    expect(await statusOf(fixture, ETH, "entry")).toMatchObject({ status: "filled" });
  });
});

it("fills of several orders that one look finds are booked as they happened: a stop takes what was held by then", async () => {
  const parts = [
    [0, 0.4],
    [10, 0.3],
    [50, 0.3],
  ] as const;
  const fixture = await createSlowFixture(runtime, [{ parts }]);
  await runSoundHour(fixture, 0, enter(fixture, BTC, ETH));
  await moveLevels(fixture, "0.95");
  shiftMarket(fixture, FIRST_SLOT + 20 * MINUTE_MS, 0.9);
  await guardAt(fixture, FIRST_SLOT + 55 * MINUTE_MS);
  for (const order of await ordersOf(fixture)) {
    if (order.intent.purpose !== "entry") continue;
    const { marketId } = order.intent;
    const exitedAt = new Date(FIRST_SLOT + 20 * MINUTE_MS);
    const trade = await runtime.db.trade.findFirstOrThrow({ where: { botId: fixture.botId, marketId, exitedAt } });
    const late = order.fills.filter(({ filledAt }) => filledAt > exitedAt);
    const before = decimal(order.quantity.toFixed()).minus(late[0]?.quantity.toFixed() ?? 0);
    expect([late.length, trade.quantity.toFixed()]).toEqual([1, before.toFixed()]);
  }
});
