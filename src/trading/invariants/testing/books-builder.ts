import { decimal, type DecimalInput } from "../../money";
import { balancesOf, type Balances, type LedgerAccount } from "../../portfolio/ledger";
import { buildPosition } from "../../portfolio/testing/position-builder";
import { riskLimitsSchema } from "../../risk/risk-limits";
import type { Books, EntryFold, EquityRecord, OpenPosition } from "../books";

/** The given balances; all other accounts are zero. */
export const balances = (amounts: Partial<Record<LedgerAccount, DecimalInput>>): Balances =>
  balancesOf(
    Object.entries(amounts).map(([account, amount]) => ({
      account: account as LedgerAccount,
      amount: decimal(amount),
    })),
  );

const equityAt = (
  at: number,
  parts: { cash: DecimalInput; margin: DecimalInput; unrealized: DecimalInput },
): EquityRecord => ({
  at,
  equity: decimal(parts.cash).plus(parts.margin).plus(parts.unrealized),
  cash: decimal(parts.cash),
  margin: decimal(parts.margin),
  unrealizedPnl: decimal(parts.unrealized),
});

const LIMITS = riskLimitsSchema.parse({});

/** A position for the books, not opened by the control unless `part` says so. */
export const buildOpen = ({
  isOfControl = false,
  stopMovedAt = null,
  limits = LIMITS,
  ...part
}: Partial<OpenPosition> = {}): OpenPosition => ({
  ...buildPosition(part),
  isOfControl,
  stopMovedAt,
  limits,
});

/** One of each record in the healthy books. Tests plant their breaches in copies. */
export const position = buildOpen({
  id: "p1",
  quantity: decimal(2),
  mark: decimal(103),
  markedAt: 200,
  settledThrough: 200,
});
export const fold = {
  positionId: "p1",
  side: "long" as const,
  isClosed: false,
  quantity: decimal(2),
  entryPrice: decimal(100),
  entryQuantity: decimal(2),
  entryValue: decimal(200),
  exitQuantity: decimal(0),
  exitValue: decimal(0),
  entryFills: 1,
  exitFills: 0,
  realizedPnl: decimal(0),
};
/** Of the trade that won 10. */
const closedFold = {
  ...fold,
  positionId: "p0",
  isClosed: true,
  quantity: decimal(0),
  exitQuantity: decimal(2),
  exitValue: decimal(210),
  exitFills: 1,
  realizedPnl: decimal(10),
};

export const order = {
  clientOrderId: "o1",
  status: "filled",
  quantity: decimal(2),
  filledQuantity: decimal(2),
  fillsQuantity: decimal(2),
};

export const entry: EntryFold = {
  clientOrderId: "o1",
  cycleId: "c1",
  at: 100,
  side: "long",
  leverage: decimal(1),
  quantity: decimal(2),
  judgedQuantity: decimal(2),
  verdict: "approved",
  failedChecks: 0,
  price: decimal(100),
  stopLoss: decimal(90),
  limits: LIMITS,
};

export const slots = { expected: 10, recorded: 10, doubled: 0, unfinished: 0 };
export const lease = { epoch: 9, highestCycleEpoch: 9, repeatedEpochs: 0, runningCycles: 1 };

/**
 * Capital of 1000, a trade that won 10 for fees of 1 and funding of 0.5, and a long of 2 bought at 100 for a fee of
 * 0.1, marked at 103. The last two equity points are before and after the close of that trade.
 */
export const healthyBooks: Books = {
  balances: balances({ capital: -1000, cash: "808.4", margin: 200, realizedPnl: -10, fees: "1.1", funding: "0.5" }),
  unbalancedTransactions: [],
  openPositions: [position],
  positions: [fold, closedFold],
  orders: [
    order,
    { ...order, clientOrderId: "o2", status: "rejected", filledQuantity: decimal(0), fillsQuantity: decimal(0) },
  ],
  entries: [entry],
  repeatedClientOrderIds: [],
  repeatedFillIds: [],
  equity: [
    equityAt(100, { cash: "698.9", margin: 300, unrealized: 8 }),
    equityAt(200, { cash: "808.4", margin: 200, unrealized: 6 }),
  ],
  postedThrough: null,
  movement: balances({ cash: "109.5", margin: -100, realizedPnl: -10, fees: "0.3", funding: "0.2" }),
  kept: [
    { name: "cash in USDT", kept: decimal("808.4"), fold: decimal("808.400") },
    { name: "the start of the day", kept: null, fold: null },
  ],
  slots,
  lease,
};

/** This many entries like the healthy one, each in its own cycle unless `part` says otherwise. */
export const entries = (count: number, part: (index: number) => Partial<EntryFold>) =>
  Array.from({ length: count }, (_, index) => ({
    ...entry,
    clientOrderId: `o${index}`,
    cycleId: `c${index}`,
    ...part(index),
  }));

/** The books' open position with something changed. */
export const open = (part: Partial<OpenPosition>) => ({
  openPositions: [buildOpen({ ...position, ...part })],
});
