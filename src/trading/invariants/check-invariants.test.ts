import { describe, expect, it } from "vitest";
import { decimal } from "../money";
import { buildPosition } from "../portfolio/testing/position-builder";
import { checkInvariants, INVARIANTS } from "./check-invariants";
import { balances, entries, healthyBooks, lease, open, slots } from "./testing/books-builder";
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
    const control = (part: Parameters<typeof buildPosition>[0]) =>
      INVARIANTS["I6"]?.({
        ...healthyBooks,
        isControl: true,
        openPositions: [buildPosition({ ...part, stopLoss: null })],
      });
    expect(control({})).toEqual([]);
    expect(control({ leverage: decimal("1.5") })).toHaveLength(1);
    expect(control({ side: "short" })).toHaveLength(1);
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
      openPositions: Array.from({ length: 5 }, () => buildPosition()),
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
});
