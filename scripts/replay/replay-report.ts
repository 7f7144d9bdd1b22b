import type { Runtime } from "../../src/server/runtime";
import { readDecisionCounts } from "./count-decisions";
import { amount, fundingRange, reportPosition, reportTrade, sortTrades, type ReplayReport } from "./report-document";
import type { ReplayPlan } from "./replay-plan";

const listTrades = async ({ db }: Runtime) => {
  const rows = await db.trade.findMany({ include: { market: { select: { pair: true } } } });
  const trades = rows.map(({ market, enteredAt, exitedAt, ...row }) => ({
    ...row,
    pair: market.pair,
    enteredAt: enteredAt.getTime(),
    exitedAt: exitedAt.getTime(),
  }));
  return sortTrades(trades);
};

const listOpenPositions = async ({ db }: Runtime): Promise<ReplayReport["openPositions"]> => {
  const rows = await db.position.findMany({
    where: { closedAt: null },
    include: { market: { select: { pair: true } } },
    orderBy: [{ openedAt: "asc" }, { market: { pair: "asc" } }],
  });
  return rows.map(({ market, openedAt, ...row }) =>
    reportPosition({ ...row, pair: market.pair, openedAt: openedAt.getTime() }),
  );
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
    trades: trades.map((trade) => reportTrade(trade, plan.settings)),
    openPositions: await listOpenPositions(runtime),
    equity: equity.map((point) => ({ time: point.at.toISOString(), value: amount(point.equity) })),
    decisions: decisions.counts,
    funding: fundingRange(trades, plan.settings),
    invariants: await countInvariants(runtime),
    cycles: await countCycles(runtime, plan.to),
  };
};
