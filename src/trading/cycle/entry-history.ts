import type { OrderStatus } from "../execution/order-status";
import { dayStartOf } from "../market/day-start";
import type { ExitReason } from "../portfolio/exit-reason";
import type { Trade } from "../portfolio/trade";
import { lossPauseUntil } from "../risk/loss-pause";
import type { HistoryView } from "../risk/basis/risk-context";
import type { RiskLimits } from "../risk/risk-limits";
import { DAY_MS } from "../market/duration";

/** How far back the gate looks: nothing older affects an entry. */
export const HISTORY_MS = 90 * DAY_MS;

const STOP_REASONS: ReadonlySet<ExitReason> = new Set(["stop-loss", "liquidation"]);

/** The part of a closed trade that the gate reads. `marketId` also orders exits at the same instant. */
export type PastTrade = Pick<Trade, "exitedAt" | "exitReason" | "realizedPnl"> & { readonly marketId: number };

/** An entry that the gate approved: its slot (ms), its decision candle's open time, and the statuses of its orders. */
export type PastEntry = {
  readonly marketId: number;
  readonly at: number;
  readonly decidedCandle: number | null;
  readonly statuses: readonly OrderStatus[];
};

export type PastEvents = { readonly trades: readonly PastTrade[]; readonly entries: readonly PastEntry[] };

/** The history that the gate reads for a market whose decision was made at this candle. */
export type EntryHistory = (marketId: number, decidedCandle: number | null) => Omit<HistoryView, "entriesThisCycle">;

type Reading = {
  /** The slot, ms. */
  readonly time: number;
  readonly limits: Pick<RiskLimits, "consecutiveLossesMax" | "lossPauseHours">;
};

/** Sorts by exit time, then by market. */
export const byExit = (first: PastTrade, second: PastTrade): number =>
  first.exitedAt - second.exitedAt || first.marketId - second.marketId;

/** A protective exit at a loss level: the cooldown starts after it. */
const isStop = ({ exitReason }: PastTrade): boolean => STOP_REASONS.has(exitReason);

/** An entry that the venue refused or that was never sent does not count towards the day. */
const isSent = ({ statuses }: PastEntry): boolean =>
  statuses.length === 0 || statuses.some((status) => status !== "rejected" && status !== "expired");

/** The events that the gate may still read at `time` (ms) or later. */
export const recentEvents = ({ trades, entries }: PastEvents, time: number): PastEvents => ({
  trades: trades.filter(({ exitedAt }) => exitedAt >= time - HISTORY_MS),
  entries: entries.filter(({ at }) => at >= time - HISTORY_MS),
});

/** What a bot did before a slot, as the gate reads it: entries of the UTC day, stops, losses in a row. */
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
    // An order that the venue refused also uses up its candle: each candle gets one try.
    hasEnteredThisCandle:
      decidedCandle !== null &&
      entries.some((entry) => entry.marketId === marketId && entry.decidedCandle === decidedCandle),
  });
};
