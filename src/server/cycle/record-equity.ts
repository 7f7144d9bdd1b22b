import { watchDrawdown, type DrawdownAlert } from "~/trading/cycle/watch-drawdown";
import { isControl } from "~/trading/decision/is-control";
import { invariant } from "~/trading/invariant";
import type { BotContext } from "../bot-context";
import { insertPoints, markBots, type MarkedBot } from "../books/mark-bots";
import { toColumn } from "../db/amounts";
import type { Transaction } from "../db/client";
import { appendLiveEvent } from "../live/append-live-event";
import { tellUser } from "../live/tell-user";
import type { Ports } from "../ports";
import type { CycleRef } from "./cycle-ref";
import { runStage } from "./run-stage";
import { startStage } from "./start-stage";

export type EquityRecorded = { readonly equity: string; readonly openPositions: number };

/** An alert of one kind is told once a peak. */
export const drawdownKey = (botId: string, { kind, peak }: DrawdownAlert): string =>
  `drawdown-${kind}:${botId}:${toColumn(peak)}`;

/** Stores what the watch over the drawdown says; a state that somebody changed meanwhile stays theirs. */
const saveDrawdown = async (
  tx: Transaction,
  { context, newId }: { readonly context: BotContext; readonly newId: () => string },
  { equity, peak, tradingState }: Pick<MarkedBot, "equity" | "peak" | "tradingState">,
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
      key: drawdownKey(botId, alert),
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
  const context = await ports.contexts.ofCycle(cycle);
  return runStage(ports.db, { ...stage, endsCycle: true }, async (tx, atEnd) => {
    const [marked] = await markBots(tx, [context], cycle.slot);
    invariant(marked, "a bot that is marked has a mark");
    atEnd(insertPoints([marked]));
    await saveDrawdown(tx, { context, newId: ports.newId }, marked);
    const equity = toColumn(marked.equity);
    const { cycleId, botId } = cycle;
    const slot = new Date(cycle.slot).toISOString();
    appendLiveEvent(tx, context.userId, { kind: "cycle-ended", botId, cycleId, slot, status: "done", equity });
    return { equity, openPositions: marked.openPositions };
  });
};
