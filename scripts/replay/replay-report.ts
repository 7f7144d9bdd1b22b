import type { Runtime } from "../../src/server/runtime";
import type { ModeName } from "../../src/trading/decision/modes/registry";
import { decimal, sumOf, toPlain } from "../../src/trading/money";
import { readDecisionCounts, type DecisionCounts } from "./count-decisions";
import type { ReplayPlan } from "./replay-plan";

type Amount = string;

type ReportedTrade = {
  readonly pair: string;
  readonly side: string;
  readonly quantity: Amount;
  readonly entryPrice: Amount;
  readonly entryTime: string;
  readonly exitPrice: Amount;
  readonly exitTime: string;
  readonly grossPnl: Amount;
  readonly fees: Amount;
  readonly funding: "unknown" | "none";
  readonly slippage: Amount;
  readonly realizedPnl: Amount;
  readonly exitReason: string;
};

/** A replay's document. It has no ids or wall times and is fully ordered: the same replay gives the same bytes. */
export type ReplayReport = {
  readonly from: string;
  readonly to: string;
  readonly mode: ModeName;
  readonly pairs: readonly string[];
  readonly intervalSeconds: number;
  readonly initialCapital: Amount;
  readonly warmupUntil: string | null;
  readonly trades: readonly ReportedTrade[];
  readonly openPositions: readonly Record<string, Amount>[];
  readonly equity: readonly { readonly time: string; readonly value: Amount }[];
  readonly decisions: DecisionCounts;
  /** Swaps pay funding, which the recording lacks: the effect of 0.01 % per 8 h either way, over all trades. */
  readonly funding: {
    readonly status: "unknown" | "none";
    readonly payments: number;
    readonly low: Amount;
    readonly high: Amount;
  };
  readonly invariants: { readonly checked: number; readonly broken: number; readonly breaches: readonly string[] };
  readonly cycles: {
    readonly done: number;
    readonly skipped: Record<string, number>;
    readonly failed: number;
    readonly abandoned: number;
  };
};

const FUNDING_INTERVAL_MS = 8 * 3_600_000;
const FUNDING_RATE_ASSUMED = "0.0001";

const amount = (value: { toString(): string }): Amount => toPlain(decimal(value.toString()));

const listTrades = async ({ db }: Runtime) => {
  const rows = await db.trade.findMany({ include: { market: { select: { pair: true } } } });
  const key = (row: (typeof rows)[number]) =>
    [row.enteredAt.toISOString(), row.exitedAt.toISOString(), row.market.pair].join(" ");
  return rows.toSorted((first, second) => (key(first) < key(second) ? -1 : 1));
};

type TradeRow = Awaited<ReturnType<typeof listTrades>>[number];

const reportTrade = (row: TradeRow, isSwap: boolean): ReportedTrade => ({
  pair: row.market.pair,
  side: row.side,
  quantity: amount(row.quantity),
  entryPrice: amount(row.entryPrice),
  entryTime: row.enteredAt.toISOString(),
  exitPrice: amount(row.exitPrice),
  exitTime: row.exitedAt.toISOString(),
  grossPnl: amount(row.grossPnl),
  fees: amount(row.fees),
  funding: isSwap ? "unknown" : "none",
  slippage: amount(row.slippage),
  realizedPnl: amount(row.realizedPnl),
  exitReason: row.exitReason,
});

/** Funding is due at 00, 08 and 16 UTC on the positions held then. */
const fundingRange = (trades: readonly TradeRow[], isSwap: boolean): ReplayReport["funding"] => {
  if (!isSwap) return { status: "none", payments: 0, low: "0", high: "0" };
  const held = trades.map((trade) => ({
    payments:
      Math.floor(trade.exitedAt.getTime() / FUNDING_INTERVAL_MS) -
      Math.floor(trade.enteredAt.getTime() / FUNDING_INTERVAL_MS),
    value: decimal(trade.entryPrice.toString()).times(trade.quantity.toString()),
  }));
  const moved = sumOf(
    held.map(({ payments, value }) => value.times(payments).times(FUNDING_RATE_ASSUMED)),
  ).toDecimalPlaces(8);
  const payments = held.reduce((sum, trade) => sum + trade.payments, 0);
  return { status: "unknown", payments, low: toPlain(moved.neg()), high: toPlain(moved) };
};

const listOpenPositions = async ({ db }: Runtime): Promise<Record<string, Amount>[]> => {
  const rows = await db.position.findMany({
    where: { closedAt: null },
    include: { market: { select: { pair: true } } },
    orderBy: [{ openedAt: "asc" }, { market: { pair: "asc" } }],
  });
  return rows.map((row) => ({
    pair: row.market.pair,
    side: row.side,
    quantity: amount(row.quantity),
    entryPrice: amount(row.entryPrice),
    entryTime: row.openedAt.toISOString(),
    mark: amount(row.mark),
    stopLoss: row.stopLoss === null ? "" : amount(row.stopLoss),
    takeProfit: row.takeProfit === null ? "" : amount(row.takeProfit),
  }));
};

const countInvariants = async ({ db }: Runtime): Promise<ReplayReport["invariants"]> => {
  const rows = await db.invariantCheck.findMany({ orderBy: { at: "asc" } });
  const breaches = rows.flatMap(({ at, broken }) =>
    (broken as { invariant: string; text: string }[]).map(
      ({ invariant, text }) => `${at.toISOString()} ${invariant}: ${text}`,
    ),
  );
  return { checked: rows.reduce((sum, row) => sum + row.checked, 0), broken: breaches.length, breaches };
};

const countCycles = async ({ db }: Runtime, to: number): Promise<ReplayReport["cycles"]> => {
  const groups = await db.cycle.groupBy({
    by: ["status", "skipReason"],
    where: { slot: { lt: new Date(to) } },
    _count: true,
  });
  const count = (status: string) =>
    groups.filter((group) => group.status === status).reduce((sum, group) => sum + group._count, 0);
  const skipped = groups.flatMap((group) => (group.skipReason ? [[group.skipReason, group._count] as const] : []));
  return {
    done: count("done"),
    skipped: Object.fromEntries(skipped.toSorted(([first], [second]) => (first < second ? -1 : 1))),
    failed: count("failed"),
    abandoned: count("abandoned"),
  };
};

/** Reads a finished replay out of its database. */
export const buildReplayReport = async (runtime: Runtime, plan: ReplayPlan, capital: string): Promise<ReplayReport> => {
  const trades = await listTrades(runtime);
  const equity = await runtime.db.equityPoint.findMany({ orderBy: { at: "asc" }, select: { at: true, equity: true } });
  const decisions = await readDecisionCounts(runtime);
  return {
    from: new Date(plan.from).toISOString(),
    to: new Date(plan.to).toISOString(),
    mode: plan.settings.mode,
    pairs: plan.settings.pairs,
    intervalSeconds: plan.settings.intervalSeconds,
    initialCapital: amount(capital),
    warmupUntil: decisions.warmupUntil,
    trades: trades.map((trade) => reportTrade(trade, plan.settings.marketType === "swap")),
    openPositions: await listOpenPositions(runtime),
    equity: equity.map((point) => ({ time: point.at.toISOString(), value: amount(point.equity) })),
    decisions: decisions.counts,
    funding: fundingRange(trades, plan.settings.marketType === "swap"),
    invariants: await countInvariants(runtime),
    cycles: await countCycles(runtime, plan.to),
  };
};
