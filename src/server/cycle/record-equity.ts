import { watchDrawdown, type TradingState } from "~/trading/cycle/watch-drawdown";
import { isControl } from "~/trading/decision/is-control";
import { markEquity, type EquityPoint } from "~/trading/portfolio/mark-equity";
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
type Held = {
  readonly cash: Amount | null;
  readonly margin: Amount | null;
  readonly peak: Amount | null;
  readonly tradingState: TradingState;
};

type Measured = EquityPoint & { readonly tradingState: TradingState; readonly openPositions: number };

const measure = async (tx: Transaction, { botId, initialCapital }: BotContext, slot: number): Promise<Measured> => {
  const positions = await loadOpenPositions(tx, botId);
  const [held] = await tx.$queryRaw<[Held]>`
    SELECT sum(amount) FILTER (WHERE account = 'cash') AS cash, sum(amount) FILTER (WHERE account = 'margin') AS margin,
      (SELECT peak FROM equity_points WHERE bot_id = ${botId}::uuid ORDER BY at DESC LIMIT 1) AS peak,
      (SELECT trading_state FROM bots WHERE id = ${botId}::uuid) AS "tradingState"
    FROM ledger_entries WHERE bot_id = ${botId}::uuid`;
  const balances = { cash: fromColumn(held.cash ?? 0), margin: fromColumn(held.margin ?? 0) };
  const point = markEquity({ balances, positions }, { peak: fromColumnOrNull(held.peak), initialCapital }, slot);
  return { ...point, tradingState: held.tradingState, openPositions: positions.length };
};

/** Stores the result of the drawdown check. A trading state that somebody changed meanwhile is kept. */
const saveDrawdown = async (
  tx: Transaction,
  { context, newId }: { readonly context: BotContext; readonly newId: () => string },
  { equity, peak, tradingState }: Pick<Measured, "equity" | "peak" | "tradingState">,
): Promise<void> => {
  const { botId, userId, currency, settings } = context;
  const limits = settings.risk;
  const watched = watchDrawdown({ equity, peak, currency, limits, tradingState, isControl: isControl(settings) });
  if (watched.tradingState !== tradingState) {
    await tx.bot.updateMany({ where: { id: botId, tradingState }, data: { tradingState: watched.tradingState } });
  }
  const { alert } = watched;
  if (alert === null) return;
  await tellUser(
    tx,
    { id: newId(), userId, botId },
    {
      key: `drawdown-${alert.kind}:${botId}:${toColumn(alert.peak)}`,
      kind: "risk",
      severity: alert.kind === "reached" ? "critical" : "warning",
      message: alert.message,
    },
  );
};

/** Last stage: marks equity at the slot, checks the drawdown, ends the cycle and frees the bot. */
export const recordEquity = async (
  ports: Pick<Ports, "db" | "newId" | "contexts">,
  cycle: CycleRef,
): Promise<EquityRecorded> => {
  const stage = startStage(cycle, "record-equity");
  const context = await ports.contexts(cycle.botId, cycle.settingsVersion);
  return runStage(ports.db, { ...stage, endsCycle: true }, async (tx) => {
    const { openPositions, ...point } = await measure(tx, context, cycle.slot);
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
    await saveDrawdown(tx, { context, newId: ports.newId }, point);
    const equity = toColumn(point.equity);
    const { cycleId, botId } = cycle;
    const slot = new Date(cycle.slot).toISOString();
    appendLiveEvent(tx, context.userId, { kind: "cycle-ended", botId, cycleId, slot, status: "done", equity });
    return { equity, openPositions };
  });
};
