import { watchDrawdown, type DrawdownAlert } from "~/trading/cycle/watch-drawdown";
import { isControl } from "~/trading/decision/is-control";
import { invariant } from "~/trading/invariant";
import type { BotContext } from "../bot-context";
import { insertPoints, markBot, markBots, type MarkedBot } from "../books/mark-bots";
import { toColumn } from "../db/amounts";
import type { Database, Transaction } from "../db/client";
import { appendLiveEvent } from "../live/append-live-event";
import { tellUser } from "../live/tell-user";
import type { Ports } from "../ports";
import type { CycleRef } from "./cycle-ref";
import type { StageRun } from "./desk";
import { runStage } from "./run-stage";
import { MAY_WRITE, saveOnBooks } from "./save-stage";
import { startStage } from "./start-stage";

export type EquityRecorded = { readonly equity: string; readonly openPositions: number };

/** An alert of one kind is told once a peak. */
export const drawdownKey = (botId: string, { kind, peak }: Pick<DrawdownAlert, "kind" | "peak">): string =>
  `drawdown-${kind}:${botId}:${toColumn(peak)}`;

type Recording = { readonly context: BotContext; readonly cycle: CycleRef; readonly newId: () => string };

const watch = ({ currency, settings }: BotContext, { equity, peak, tradingState }: MarkedBot) =>
  watchDrawdown({ equity, peak, currency, limits: settings.risk, tradingState, isControl: isControl(settings) });

/** Stores what the watch over the drawdown says; a state that somebody changed meanwhile stays theirs. */
const saveDrawdown = async (tx: Transaction, { context, newId }: Recording, marked: MarkedBot): Promise<void> => {
  const { botId, userId } = context;
  const { tradingState } = marked;
  const watched = watch(context, marked);
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

const endOf = ({ cycle }: Recording, marked: MarkedBot) => {
  const { cycleId, botId } = cycle;
  const slot = new Date(cycle.slot).toISOString();
  const equity = toColumn(marked.equity);
  return {
    result: { equity, openPositions: marked.openPositions },
    event: { kind: "cycle-ended", botId, cycleId, slot, status: "done", equity } as const,
  };
};

/** As one statement, where the drawdown is nothing to tell of. */
const recordQuietly = (db: Database, run: StageRun, recording: Recording): Promise<EquityRecorded | null> =>
  saveOnBooks<EquityRecorded>(db, run, ({ positions, kept }) => {
    const { context, cycle } = recording;
    const marked = markBot(context, { positions, kept }, cycle.slot);
    const watched = watch(context, marked);
    if (watched.alert !== null || watched.tradingState !== marked.tradingState) return null;
    const { result, event } = endOf(recording, marked);
    return { result, writes: [insertPoints([marked], MAY_WRITE)], told: [{ userId: context.userId, event }] };
  });

/** Last stage: marks equity at the slot, checks the drawdown, ends the cycle and frees the bot. */
export const recordEquity = async (
  ports: Pick<Ports, "db" | "newId" | "contexts">,
  cycle: CycleRef,
): Promise<EquityRecorded> => {
  const run = { ...startStage(cycle, "record-equity"), endsCycle: true };
  const context = await ports.contexts.ofCycle(cycle);
  const recording = { context, cycle, newId: ports.newId };
  const recorded = await recordQuietly(ports.db, run, recording);
  if (recorded !== null) return recorded;
  return runStage(ports.db, run, async (tx, atEnd) => {
    const [marked] = await markBots(tx, [context], cycle.slot);
    invariant(marked, "a bot that is marked has a mark");
    atEnd(insertPoints([marked]));
    await saveDrawdown(tx, recording, marked);
    const { result, event } = endOf(recording, marked);
    appendLiveEvent(tx, context.userId, event);
    return result;
  });
};
