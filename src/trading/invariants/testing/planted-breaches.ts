import { decimal } from "../../money";
import { buildPosition } from "../../portfolio/testing/position-builder";
import type { Books } from "../books";
import { balances, entries, entry, fold, healthyBooks, lease, open, order, position, slots } from "./books-builder";
import { DAY_MS } from "../../market/duration";

/** What is planted, and all that must be found: nothing else may be blamed for it. */
export const PLANTED_BREACHES: [invariant: string, planted: string, books: Partial<Books>, found: string[]][] = [
  [
    "I1",
    "a posting that does not balance",
    { unbalancedTransactions: ["t1"] },
    ["transaction t1 does not sum to zero"],
  ],
  [
    "I1",
    "a sum of all accounts",
    { balances: { ...healthyBooks.balances, fees: decimal("1.2") } },
    ["the ledger is off by 0.1"],
  ],
  [
    "I1",
    "a margin that no position holds",
    { openPositions: [], equity: [] },
    ["margin of positions 0, of the ledger 200"],
  ],
  [
    "I1",
    "a position with another margin than its price asks",
    { openPositions: [{ ...position, leverage: decimal(2) }] },
    ["position p1 holds 200, not 100"],
  ],
  [
    "I1",
    "an equity point that does not add up",
    { equity: healthyBooks.equity.map((point) => ({ ...point, cash: point.cash.plus(1) })) },
    ["the equity point does not add up"],
  ],
  [
    "I1",
    "equity that has moved without a point",
    open({ mark: decimal(104) }),
    ["equity is 1016.4, its point says 1014.4"],
  ],
  [
    "I2",
    "equity that moved without a posting",
    { movement: balances({ cash: 100, margin: -100 }) },
    ["equity moved by 9.5 without a reason"],
  ],
  [
    "I2",
    "the smallest amount of money that came from nowhere",
    { movement: { ...healthyBooks.movement, fees: healthyBooks.movement.fees.plus("0.00000001") } },
    ["equity moved by 0.00000001 without a reason"],
  ],
  [
    "I3",
    "a quantity that is not that of the fills",
    { positions: [{ ...fold, quantity: decimal(3) }] },
    ["position p1 holds 3, fills say 2"],
  ],
  [
    "I3",
    "a closed position that still holds",
    { positions: [{ ...fold, isClosed: true }] },
    ["position p1 is closed but not flat"],
  ],
  [
    "I3",
    "a flat position that is open",
    { positions: [{ ...fold, quantity: decimal(0), exitQuantity: decimal(2), exitValue: decimal(200), exitFills: 1 }] },
    ["position p1 is flat but not closed"],
  ],
  [
    "I3",
    "a price that is not the fills' average",
    { positions: [{ ...fold, entryPrice: decimal(101) }] },
    ["position p1 has another average price than its fills"],
  ],
  [
    "I3",
    "a profit that the fills did not make",
    {
      positions: [
        {
          ...fold,
          quantity: decimal(1),
          exitQuantity: decimal(1),
          exitValue: decimal(103),
          exitFills: 1,
          realizedPnl: decimal(2),
        },
      ],
    },
    ["position p1 made another profit than its fills"],
  ],
  ["I4", "a client order id twice", { repeatedClientOrderIds: ["o1"] }, ["client order id o1 stands twice"]],
  ["I4", "a fill twice", { repeatedFillIds: ["f1"] }, ["fill f1 was booked twice"]],
  [
    "I5",
    "more filled than ordered",
    { orders: [{ ...order, status: "canceled", filledQuantity: decimal(3), fillsQuantity: decimal(3) }] },
    ["order o1 is filled beyond its quantity"],
  ],
  [
    "I5",
    "a fill that no fill row has",
    { orders: [{ ...order, fillsQuantity: decimal(1) }] },
    ["order o1 disagrees with its fills"],
  ],
  [
    "I5",
    "a filled order that is not",
    { orders: [{ ...order, filledQuantity: decimal(1), fillsQuantity: decimal(1) }] },
    ["order o1 is filled with 1 filled"],
  ],
  [
    "I5",
    "a whole fill of an open order",
    { orders: [{ ...order, status: "accepted" }] },
    ["order o1 is accepted with 2 filled"],
  ],
  [
    "I5",
    "an order that is partly filled with nothing",
    { orders: [{ ...order, status: "partiallyFilled", filledQuantity: decimal(0), fillsQuantity: decimal(0) }] },
    ["order o1 is partiallyFilled with 0 filled"],
  ],
  [
    "I5",
    "a part that a refused order has",
    { orders: [{ ...order, status: "rejected", filledQuantity: decimal(1), fillsQuantity: decimal(1) }] },
    ["order o1 is rejected with 1 filled"],
  ],
  ["I6", "a position without a stop", open({ stopLoss: null }), ["position p1 has no stop"]],
  ["I6", "a long marked at its stop", open({ stopLoss: decimal(103) }), ["position p1 was not closed at its stop 103"]],
  [
    "I6",
    "a short marked at its stop",
    { ...open({ side: "short", stopLoss: decimal(103) }), equity: [] },
    ["position p1 was not closed at its stop 103"],
  ],
  ["I7", "a slot with two rows", { slots: { ...slots, doubled: 1 } }, ["1 slots have two rows"]],
  ["I7", "a slot without a row", { slots: { ...slots, recorded: 9 } }, ["10 slots were due, 9 are recorded"]],
  ["I7", "a row too many", { slots: { ...slots, recorded: 11 } }, ["10 slots were due, 11 are recorded"]],
  ["I7", "a slot that never ended", { slots: { ...slots, unfinished: 2 } }, ["2 past slots never ended"]],
  ["I8", "two cycles at once", { lease: { ...lease, runningCycles: 2 } }, ["2 cycles run at once"]],
  ["I8", "an epoch that was used twice", { lease: { ...lease, repeatedEpochs: 1 } }, ["1 epochs were used twice"]],
  [
    "I8",
    "a cycle ahead of the lease",
    { lease: { ...lease, highestCycleEpoch: 10 } },
    ["a cycle has epoch 10, the lease 9"],
  ],
  [
    "I9",
    "a long with too much leverage",
    { entries: [{ ...entry, leverage: decimal("5.1") }] },
    ["entry o1 has leverage 5.1"],
  ],
  [
    "I9",
    "a short with too much leverage",
    { entries: [{ ...entry, side: "short", leverage: decimal(4) }] },
    ["entry o1 has leverage 4"],
  ],
  ["I9", "a stop too near", { entries: [{ ...entry, stopLoss: decimal("99.6") }] }, ["entry o1 has its stop at 99.6"]],
  ["I9", "a stop too far", { entries: [{ ...entry, stopLoss: decimal(74) }] }, ["entry o1 has its stop at 74"]],
  [
    "I9",
    "another quantity than was judged",
    { entries: [{ ...entry, judgedQuantity: decimal("1.9") }] },
    ["entry o1 is not the quantity that was judged"],
  ],
  [
    "I9",
    "a quantity that nobody judged",
    { entries: [{ ...entry, judgedQuantity: null }] },
    ["entry o1 is not the quantity that was judged"],
  ],
  ["I9", "an entry that was refused", { entries: [{ ...entry, verdict: "rejected" }] }, ["entry o1 was not let pass"]],
  ["I9", "an entry without a verdict", { entries: [{ ...entry, verdict: null }] }, ["entry o1 was not let pass"]],
  ["I9", "an entry that failed a check", { entries: [{ ...entry, failedChecks: 1 }] }, ["entry o1 was not let pass"]],
  [
    "I9",
    "three entries in a cycle",
    { entries: entries(3, () => ({ cycleId: "c1" })) },
    ["too many entries in one cycle"],
  ],
  [
    "I9",
    "eleven entries in a day",
    { entries: entries(11, (index) => ({ at: DAY_MS - 1 - index })) },
    ["too many entries in one day"],
  ],
  [
    "I9",
    "six open positions",
    {
      openPositions: Array.from({ length: 6 }, () => buildPosition()),
      balances: balances({ capital: -1000, cash: 400, margin: 600 }),
      equity: [],
    },
    ["too many open positions"],
  ],
];
