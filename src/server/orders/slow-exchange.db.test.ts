import { beforeAll, describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import type { Decision } from "~/trading/decision/basis/decision";
import { decimal, sumOf } from "~/trading/money";
import { averagePrice } from "~/trading/portfolio/apply-fill";
import { fromColumn } from "../db/amounts";
import { loadMarks } from "../views/history/chart-marks";
import type { Runtime } from "../runtime";
import { requireOwnBot } from "../tenant/find-own";
import { FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { wishToEnter, type Wish } from "../testing/cycle-fixture";
import type { FillPlan } from "../testing/slow-exchange";
import {
  createSlowFixture,
  expectShown,
  expectSound,
  guardAt,
  ordersOf,
  runSoundHour,
  SLOW_PAIRS as PAIRS,
  type SlowFixture,
} from "../testing/slow-fixture";

const MINUTE_MS = 60_000;
const HOURS = 24;
const PLANS: readonly FillPlan[] = [
  {
    parts: [
      [0, 0.3],
      [7, 0.4],
      [23, 0.3],
    ],
  },
  {
    parts: [
      [12, 0.5],
      [75, 0.5],
    ],
  },
  { parts: [[3, 1]], loses: "answer" },
  {
    parts: [
      [0, 0.25],
      [11, 0.25],
    ],
    endsAfter: 40,
  },
  { parts: [[0, 1]] },
  {
    parts: [
      [0, 0.6],
      [170, 0.4],
    ],
  },
  { parts: [], endsAfter: 20 },
  {
    parts: [
      [5, 0.5],
      [50, 0.5],
    ],
    loses: "answer",
    shownAfter: 70,
  },
  {
    parts: [
      [75, 0.5],
      [95, 0.5],
    ],
  },
];

let runtime: Runtime;
openBed((bed) => ({ runtime } = bed), { poolMax: 10 });

const wanting = { sizeFraction: null, leverage: null, entryPrice: null, stopLoss: null, takeProfit: null };
const toClose = (decision: Decision): Decision => ({ ...decision, ...wanting, action: "close" });

/** Each hour into both pairs, long and short by turns, and out of them every third hour. */
const wishOf =
  (fixture: BooksFixture): NonNullable<Wish> =>
  (slot) => {
    const hour = (slot - FIRST_SLOT) / HOUR_MS;
    const side = hour % 8 < 4 ? "long" : "short";
    const wishes = PAIRS.flatMap((pair) => wishToEnter(fixture, pair, side)(slot));
    return hour % 3 === 2 ? wishes.map(toClose) : wishes;
  };

const tradesOf = ({ botId }: BooksFixture) =>
  runtime.db.trade.findMany({ where: { botId }, include: { position: { include: { fills: true } } } });

describe("an exchange that fills in parts and late, over a day of a bot that enters and leaves", () => {
  let fixture: SlowFixture;
  beforeAll(async () => {
    fixture = await createSlowFixture(runtime, PLANS);
    for (let hour = 0; hour < HOURS; hour++) {
      await runSoundHour(fixture, hour, wishOf(fixture));
      for (const minutes of [16, 41]) {
        const at = FIRST_SLOT + hour * HOUR_MS + minutes * MINUTE_MS;
        await guardAt(fixture, at);
        await expectSound(fixture, FIRST_SLOT + hour * HOUR_MS, `guard after ${minutes} minutes`);
        await expectShown(fixture);
      }
    }
    const leave: Wish = (slot) => PAIRS.flatMap((pair) => wishToEnter(fixture, pair)(slot)).map(toClose);
    for (let hour = HOURS; hour < HOURS + 8; hour++) await runSoundHour(fixture, hour, leave);
  });

  it("sends each order once and leaves none without its end", async () => {
    expect(new Set(fixture.exchange.placed).size).toBe(fixture.exchange.placed.length);
    const orders = await ordersOf(fixture);
    const standing = orders.filter(({ status }) => !["filled", "canceled", "rejected", "expired"].includes(status));
    expect(standing).toEqual([]);
    expect(await fixture.exchange.listOpenOrders()).toEqual([]);
  });

  it("ends orders in every way: whole in parts, cancelled with a part, cancelled without, held up by another", async () => {
    const orders = await ordersOf(fixture);
    const told = new Set(
      orders.map(({ intent, status, fills }) => `${intent.purpose} ${status} ${Math.min(fills.length, 2)}`),
    );
    for (const each of ["entry filled 2", "entry filled 1", "entry canceled 2", "entry canceled 0", "exit filled 2"]) {
      expect([...told]).toContain(each);
    }
    expect(orders.map(({ statusReason }) => statusReason)).toContain("another order of its market is under way");
  });

  it("has the venue's fills in its books, each once, but for exits of what was closed before", async () => {
    for (const order of await ordersOf(fixture)) {
      if (order.intent.purpose === "protective" || order.statusReason === "its position was closed before") continue;
      const theirs = fixture.exchange
        .fillsOf(order.clientOrderId)
        .map(({ venueFillId, quantity, price, fee }) =>
          [venueFillId, quantity.toFixed(), price.toFixed(), fee.toFixed()].join(" "),
        );
      const ours = order.fills.map(({ venueFillId, quantity, price, fee }) =>
        [venueFillId, quantity.toFixed(), price.toFixed(), fee.toFixed()].join(" "),
      );
      expect(ours.toSorted(), order.clientOrderId).toEqual(theirs.toSorted());
    }
  });

  it("writes trades that are the sums of their fills", async () => {
    const trades = await tradesOf(fixture);
    expect(trades.length).toBeGreaterThan(8);
    expect(new Set(trades.map(({ exitReason }) => exitReason)).size).toBeGreaterThan(1);
    for (const { position, ...trade } of trades) {
      const entrySide = trade.side === "long" ? "buy" : "sell";
      const of = (isEntry: boolean) => position.fills.filter(({ side }) => (side === entrySide) === isEntry);
      const quantityOf = (isEntry: boolean) => sumOf(of(isEntry).map(({ quantity }) => fromColumn(quantity)));
      const valueOf = (isEntry: boolean) =>
        sumOf(of(isEntry).map(({ quantity, price }) => fromColumn(quantity).times(fromColumn(price))));
      expect(trade.quantity.toFixed()).toBe(quantityOf(true).toFixed());
      expect(trade.quantity.toFixed()).toBe(quantityOf(false).toFixed());
      expect(trade.entryPrice.toFixed()).toBe(averagePrice(valueOf(true), quantityOf(true)).toFixed());
      expect(trade.exitPrice.toFixed()).toBe(averagePrice(valueOf(false), quantityOf(false)).toFixed());
      const fees = sumOf(position.fills.map(({ fee }) => fromColumn(fee)));
      expect(trade.fees.toFixed()).toBe(fees.toFixed());
      const gain = valueOf(false).minus(valueOf(true));
      const made = (trade.side === "long" ? gain : gain.neg()).minus(fees);
      const bound = decimal("1e-8").times(position.fills.length);
      expect(made.minus(fromColumn(trade.realizedPnl)).abs().lte(bound)).toBe(true);
    }
  });

  it("tells each trade once on its chart, at the exit that ended it", async () => {
    const trades = await tradesOf(fixture);
    const [{ marketId } = { marketId: 0 }] = trades;
    const flat = { open: 1, high: 1, low: 1, close: 1, volume: null };
    const candles = Array.from({ length: 40 }, (_, hour) => ({ ...flat, openTime: FIRST_SLOT + hour * HOUR_MS }));
    const botId = await requireOwnBot(runtime.db, fixture);
    const marks = await loadMarks(runtime.db, { botId, marketId, timeframe: "1h", candles });
    const exits = marks.filter(({ kind }) => kind === "exit");
    const ended = exits.filter(({ text }) => /\d$/.test(text));
    expect(exits.length).toBeGreaterThan(ended.length);
    expect(ended).toHaveLength(trades.filter((trade) => trade.marketId === marketId).length);
  });

  it("holds at the end the capital and what its trades made, in cash and in equity", async () => {
    const { botId } = fixture;
    const open = await runtime.db.position.count({ where: { botId, closedAt: null } });
    const last = await runtime.db.equityPoint.findFirstOrThrow({ where: { botId }, orderBy: { at: "desc" } });
    const made = sumOf((await tradesOf(fixture)).map(({ realizedPnl }) => fromColumn(realizedPnl)));
    const lines = await runtime.db.ledgerEntry.findMany({ where: { botId } });
    expect(sumOf(lines.map(({ amount }) => fromColumn(amount))).isZero()).toBe(true);
    expect(open).toBe(0);
    expect(last.equity.toFixed()).toBe(decimal(10_000).plus(made).toFixed());
    expect(last.cash.toFixed()).toBe(last.equity.toFixed());
  });
});
