import type { OrderStatus } from "../execution/order-status";
import { dayStartOf } from "../market/day-start";
import type { ExitReason } from "../portfolio/exit-reason";
import type { Trade } from "../portfolio/trade";
import { lossPauseUntil } from "../risk/loss-pause";
import type { HistoryView } from "../risk/basis/risk-context";
import type { RiskLimits } from "../risk/risk-limits";
import { DAY_MS } from "../market/duration";

/** How far back the gate looks: nothing older bears on an entry. */
export const HISTORY_MS = 90 * DAY_MS;

const STOP_REASONS: ReadonlySet<ExitReason> = new Set(["stop-loss", "liquidation"]);

/** A closed trade, as far as the gate asks. `marketId` also says what comes first of two exits at one instant. */
export type PastTrade = Pick<Trade, "exitedAt" | "exitReason" | "realizedPnl"> & { readonly marketId: number };

/** An entry that the gate let pass: its slot (ms), the open time of the decision candle, and what became of its orders. */
export type PastEntry = {
  readonly marketId: number;
  readonly at: number;
  readonly decidedCandle: number | null;
  readonly statuses: readonly OrderStatus[];
};

export type PastEvents = { readonly trades: readonly PastTrade[]; readonly entries: readonly PastEntry[] };

/** What the gate is told of a market whose decision was made at this candle. */
export type EntryHistory = (marketId: number, decidedCandle: number | null) => Omit<HistoryView, "entriesThisCycle">;

type Reading = {
  /** The slot, ms. */
  readonly time: number;
  readonly limits: Pick<RiskLimits, "consecutiveLossesMax" | "lossPauseHours">;
};

/** In the order of their exits and, at one instant, of their markets. */
export const byExit = (first: PastTrade, second: PastTrade): number =>
  first.exitedAt - second.exitedAt || first.marketId - second.marketId;

/** A protective exit against the position: after one its pair cools down. */
const isStop = ({ exitReason }: PastTrade): boolean => STOP_REASONS.has(exitReason);

/** What was refused by the venue or never sent is no entry of the day. */
const isSent = ({ statuses }: PastEntry): boolean =>
  statuses.length === 0 || statuses.some((status) => status !== "rejected" && status !== "expired");

/** The events that the gate may still ask about at `time` (ms) or later. */
export const recentEvents = ({ trades, entries }: PastEvents, time: number): PastEvents => ({
  trades: trades.filter(({ exitedAt }) => exitedAt >= time - HISTORY_MS),
  entries: entries.filter(({ at }) => at >= time - HISTORY_MS),
});

/** What a bot did before a slot, as far as the gate asks: entries of the UTC day, stops, losses in a row. */
export const viewHistory = (events: PastEvents, { time, limits }: Reading): EntryHistory => {
  const { trades, entries } = recentEvents(events, time);
  const inOrder = trades.toSorted(byExit);
  const dayStart = dayStartOf(time);
  const entriesToday = entries.filter((entry) => isSent(entry) && entry.at >= dayStart).length;
  const pause = lossPauseUntil(inOrder, limits);
  return (marketId, decidedCandle) => ({
    entriesToday,
    lastStopAt: inOrder.findLast((trade) => trade.marketId === marketId && isStop(trade))?.exitedAt ?? null,
    lossPauseUntil: pause,
    // A refused order used up its candle too: it is asked once.
    hasEnteredThisCandle:
      decidedCandle !== null &&
      entries.some((entry) => entry.marketId === marketId && entry.decidedCandle === decidedCandle),
  });
};
