import { describe, expect, it } from "vitest";
import { decimal } from "../money";
import type { OpenPosition } from "./books";
import { checkInvariants, checkOrders, INVARIANTS } from "./check-invariants";
import {
  balances,
  buildOpen,
  entries,
  entry,
  fold,
  healthyBooks,
  lease,
  open,
  order,
  slots,
} from "./testing/books-builder";
import { PLANTED_BREACHES } from "./testing/planted-breaches";

const DAY_MS = 86_400_000;

describe("checkInvariants", () => {
  it("finds nothing in healthy books, nor in those of a bot that never ran", () => {
    expect(checkInvariants(healthyBooks)).toEqual([]);
    const fresh = {
      balances: balances({}),
      openPositions: [],
      positions: [],
      orders: [],
      entries: [],
      equity: [],
      movement: balances({}),
    };
    expect(checkInvariants({ ...healthyBooks, ...fresh })).toEqual([]);
  });

  it.each(PLANTED_BREACHES)("%s finds %s", (invariant, _planted, books, found) => {
    expect(checkInvariants({ ...healthyBooks, ...books })).toEqual(found.map((text) => ({ invariant, text })));
  });

  it("has a planted breach for every invariant", () => {
    expect([...new Set(PLANTED_BREACHES.map(([invariant]) => invariant))]).toEqual(Object.keys(INVARIANTS));
  });

  it("finds in a part of the orders what is wrong with them, and asks nothing else of it", () => {
    const wrong = {
      ...healthyBooks,
      positions: [{ ...fold, quantity: decimal(7) }],
      orders: [{ ...order, filledQuantity: decimal(7) }],
    };
    const parts = ["I3", "I5", "I9"];
    const ofOrders = checkInvariants(wrong).filter(({ invariant }) => parts.includes(invariant));
    expect(ofOrders.length).toBeGreaterThan(0);
    expect(checkOrders(wrong)).toEqual(ofOrders);
    const pastLimits = { ...healthyBooks, entries: entries(1, () => ({ leverage: decimal(99) })) };
    expect(checkOrders(pastLimits).map(({ invariant }) => invariant)).toEqual(["I9"]);
    const manyOpen = { ...healthyBooks, openPositions: Array.from({ length: 99 }, () => buildOpen()) };
    expect(checkOrders(manyOpen)).toEqual([]);
  });

  it("finds every breach at once, each under its name", () => {
    const books = {
      ...healthyBooks,
      repeatedFillIds: ["f1"],
      slots: { ...slots, doubled: 1 },
      lease: { ...lease, runningCycles: 3 },
    };
    expect(checkInvariants(books).map(({ invariant }) => invariant)).toEqual(["I4", "I7", "I8"]);
  });

  it("lets only the control hold without a stop, and only an unlevered long", () => {
    const control = (part: Partial<OpenPosition>) =>
      INVARIANTS["I6"]?.({ ...healthyBooks, ...open({ isOfControl: true, ...part, stopLoss: null }) });
    expect(control({})).toEqual([]);
    expect(control({ isOfControl: false })).toHaveLength(1);
    expect(control({ leverage: decimal("1.5") })).toHaveLength(1);
    expect(control({ side: "short" })).toHaveLength(1);
  });

  it("takes fills in parts for what they are: averages rounded, parts that left, parts that came after", () => {
    // 1 at 100 and 2 at 101: 302 / 3.
    const thirds = { quantity: decimal(3), entryQuantity: decimal(3), entryValue: decimal(302), entryFills: 2 };
    const rounded = { ...fold, ...thirds, entryPrice: decimal("100.666666666666666667") };
    // 2 at 100, 1 of them sold at 103 for a profit of 3, then 1 at 110: 105 for what is held.
    const left = { exitQuantity: decimal(1), exitValue: decimal(103), exitFills: 1, realizedPnl: decimal(3) };
    const grown = { entryQuantity: decimal(3), entryValue: decimal(310), entryFills: 2, entryPrice: decimal(105) };
    const mixed = { ...fold, ...left, ...grown, quantity: decimal(2) };
    const short = { ...mixed, side: "short" as const, realizedPnl: decimal(-3) };
    const orders = ["unknown", "canceled", "expired", "partiallyFilled"].map((status) => ({
      ...order,
      status,
      filledQuantity: decimal(1),
      fillsQuantity: decimal(1),
    }));
    expect(checkInvariants({ ...healthyBooks, positions: [rounded, mixed, short], orders })).toEqual([]);
    const found = checkInvariants({ ...healthyBooks, positions: [{ ...mixed, entryPrice: decimal("105.1") }] });
    expect(found.map(({ text }) => text)).toEqual(["position p1 has another average price than its fills"]);
  });

  it("waits for the first candle with a position that was filled beyond its stop", () => {
    const late = (settledThrough: number) =>
      open({ mark: decimal(89), openedAt: 200, settledThrough, markedAt: settledThrough });
    expect(INVARIANTS["I6"]?.({ ...healthyBooks, ...late(200) })).toEqual([]);
    expect(INVARIANTS["I6"]?.({ ...healthyBooks, ...late(201) })).toHaveLength(1);
  });

  it("waits for the next candle with a stop that a candle moved and closed beyond", () => {
    const moved = (stopMovedAt: number | null) =>
      open({ mark: decimal(101), stopLoss: decimal(102), stopMovedAt, markedAt: 300, settledThrough: 300 });
    expect(INVARIANTS["I6"]?.({ ...healthyBooks, ...moved(300) })).toEqual([]);
    const blamed = [299, null].map((earlier) => INVARIANTS["I6"]?.({ ...healthyBooks, ...moved(earlier) })?.length);
    expect(blamed).toEqual([1, 1]);
  });

  it("does not blame what may be: limits that are met exactly, positions marked after the last point, one equity point", () => {
    const atLimits = [
      ...entries(2, () => ({ cycleId: "c1", leverage: decimal(5), stopLoss: decimal("99.5") })),
      ...entries(8, (index) => ({ cycleId: `d${index}`, side: "short", leverage: decimal(3), stopLoss: decimal(125) })),
      ...entries(2, (index) => ({
        cycleId: `e${index}`,
        at: DAY_MS + index,
        price: null,
        stopLoss: null,
        verdict: "resized",
      })),
    ];
    const later = open({ mark: decimal(110), markedAt: 201, settledThrough: 201 });
    expect(checkInvariants({ ...healthyBooks, ...later, entries: atLimits })).toEqual([]);
    const five = {
      openPositions: Array.from({ length: 5 }, () => buildOpen()),
      balances: balances({ capital: -1000, cash: 500, margin: 500 }),
      equity: [],
    };
    expect(checkInvariants({ ...healthyBooks, ...five })).toEqual([]);
    expect(
      checkInvariants({
        ...healthyBooks,
        equity: healthyBooks.equity.slice(-1),
        movement: balances({ cash: 1, fees: -1 }),
      }),
    ).toEqual([]);
  });

  it("does not blame what was done before a limit was lowered", () => {
    const limits = { ...entry.limits, entriesPerCycleMax: 1, tradesPerDayMax: 2, openPositionsMax: 1 };
    const before = entries(3, (index) => ({ at: index, cycleId: index < 2 ? "c1" : "c2" }));
    const lowered = { ...entry, clientOrderId: "later", cycleId: "c3", at: DAY_MS, limits };
    const held = [buildOpen({ limits }), buildOpen({ openedAt: DAY_MS })];
    const money = { balances: balances({ capital: -1000, cash: 800, margin: 200 }), equity: [] };
    const books = { ...healthyBooks, ...money, openPositions: held, entries: [...before, lowered] };
    expect(checkInvariants(books)).toEqual([]);
  });
});
