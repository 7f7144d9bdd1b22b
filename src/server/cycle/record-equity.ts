import { isControl } from "~/trading/decision/is-control";
import { decimal, maxOf } from "~/trading/money";
import { computeEquity, drawdownFraction, type Equity } from "~/trading/portfolio/equity";
import { DRAWDOWN_WARNING_SHARE } from "~/trading/risk/risk-limits";
import type { BotContext } from "../bot-context";
import { loadOpenPositions } from "../books/positions";
import { fromColumn, fromColumnOrNull, toColumn } from "../db/amounts";
import type { Transaction } from "../db/client";
import { appendLiveEvent } from "../live/append-live-event";
import { tellUser } from "../live/tell-user";
import type { Ports } from "../ports";
import type { CycleRef } from "./cycle-ref";
import { runStage } from "./run-stage";
import { startStage } from "./start-stage";

export type EquityRecorded = { readonly equity: string; readonly openPositions: number };

type Amount = { toString(): string };

type Peaked = Equity & { readonly peak: Equity["equity"] };

const measure = async (tx: Transaction, context: BotContext): Promise<Peaked & { readonly openPositions: number }> => {
  const positions = await loadOpenPositions(tx, context.botId);
  const [held] = await tx.$queryRaw<[{ cash: Amount | null; margin: Amount | null; peak: Amount | null }]>`
    SELECT sum(amount) FILTER (WHERE account = 'cash') AS cash, sum(amount) FILTER (WHERE account = 'margin') AS margin,
      (SELECT peak FROM equity_points WHERE bot_id = ${context.botId}::uuid ORDER BY at DESC LIMIT 1) AS peak
    FROM ledger_entries WHERE bot_id = ${context.botId}::uuid`;
  const now = computeEquity({ cash: fromColumn(held.cash ?? 0), margin: fromColumn(held.margin ?? 0) }, positions);
  const before = fromColumnOrNull(held.peak) ?? context.initialCapital;
  return { ...now, peak: maxOf(now.equity, before), openPositions: positions.length };
};

/** Beyond its drawdown limit a bot only closes; near it the user is warned, once a peak. The control holds through it. */
const watchDrawdown = async (
  tx: Transaction,
  { context, newId }: { readonly context: BotContext; readonly newId: () => string },
  { equity, peak }: Peaked,
): Promise<void> => {
  if (isControl(context.settings)) return;
  const limit = context.settings.risk.drawdownMax;
  const drawdown = drawdownFraction(equity, peak);
  if (drawdown.lt(decimal(limit).times(DRAWDOWN_WARNING_SHARE))) return;
  const isReached = drawdown.gte(limit);
  if (isReached) {
    await tx.bot.updateMany({
      where: { id: context.botId, tradingState: "active" },
      data: { tradingState: "reducing" },
    });
  }
  const percent = (value: { times(by: number): { toFixed(digits: number): string } }) =>
    `${value.times(100).toFixed(1)} %`;
  const text = `equity is ${percent(drawdown)} below its peak of ${peak.toFixed(2)} ${context.currency}; the limit is ${percent(decimal(limit))}`;
  await tellUser(
    tx,
    { id: newId(), userId: context.userId, botId: context.botId },
    {
      key: `drawdown-${isReached ? "reached" : "near"}:${context.botId}:${toColumn(peak)}`,
      kind: "risk",
      severity: isReached ? "critical" : "warning",
      message: isReached ? `The bot only closes positions now: ${text}.` : `Careful: ${text}.`,
    },
  );
};

/** Last stage: marks equity at the slot, watches the drawdown, ends the cycle and gives the bot back. */
export const recordEquity = async (
  ports: Pick<Ports, "db" | "newId" | "contexts">,
  cycle: CycleRef,
): Promise<EquityRecorded> => {
  const stage = startStage(cycle, "record-equity");
  const context = await ports.contexts(cycle.botId, cycle.settingsVersion);
  return runStage(ports.db, { ...stage, endsCycle: true }, async (tx) => {
    const { openPositions, ...point } = await measure(tx, context);
    await tx.equityPoint.create({
      data: {
        botId: cycle.botId,
        at: new Date(cycle.slot),
        equity: toColumn(point.equity),
        cash: toColumn(point.cash),
        margin: toColumn(point.margin),
        unrealizedPnl: toColumn(point.unrealizedPnl),
        peak: toColumn(point.peak),
      },
    });
    await watchDrawdown(tx, { context, newId: ports.newId }, point);
    const equity = toColumn(point.equity);
    const { cycleId, botId } = cycle;
    const slot = new Date(cycle.slot).toISOString();
    appendLiveEvent(tx, context.userId, { kind: "cycle-ended", botId, cycleId, slot, status: "done", equity });
    return { equity, openPositions };
  });
};
