import type { OrderStatus } from "../execution/order-status";
import { dayStartOf } from "../market/day-start";
import type { ExitReason } from "../portfolio/exit-reason";
import type { Trade } from "../portfolio/trade";
import { countLosses, lossPauseUntil, type NumberedTrade } from "../risk/loss-pause";
import { RESULTS_MAX, type PastResult } from "../risk/basis/past-results";
import type { HistoryView } from "../risk/basis/risk-context";
import type { RiskLimits } from "../risk/risk-limits";
import { DAY_MS } from "../market/duration";
import { toPlain } from "../money";

/** What happened longer ago is forgotten: no pause, cooldown or decision candle is as long. */
export const HISTORY_MS = 90 * DAY_MS;

const STOP_REASONS: ReadonlySet<ExitReason> = new Set(["stop-loss", "liquidation"]);

/** A closed trade by its market, which also says what comes first of two exits at one instant. */
export type PastTrade = NumberedTrade & { readonly marketId: number };

/** When the last position of a market was closed by a protective exit against it (ms): its pair cools down. */
export type PastStop = { readonly marketId: number; readonly at: number };

/** An entry that the gate approved: its slot (ms), its decision candle's open time, and the statuses of its orders. */
export type PastEntry = {
  readonly marketId: number;
  readonly at: number;
  readonly decidedCandle: number | null;
  readonly statuses: readonly OrderStatus[];
};

/** What a bot did, as far as the gate still asks: the trades that may pause it, one stop a market, recent entries. */
export type PastEvents = {
  /** In the order of their exits. */
  readonly trades: readonly PastTrade[];
  readonly stops: readonly PastStop[];
  readonly entries: readonly PastEntry[];
  /** How trades ended, in the order of their exits: those of 90 days, and of those the last 500. */
  readonly results: readonly PastResult[];
};

export const NO_EVENTS: PastEvents = { trades: [], stops: [], entries: [], results: [] };

/** The history that the gate reads for a market whose decision was made at this candle. */
export type EntryHistory = (marketId: number, decidedCandle: number | null) => Omit<HistoryView, "entriesThisCycle">;

type Reading = {
  /** The slot, ms. */
  readonly time: number;
  readonly limits: Pick<RiskLimits, "consecutiveLossesMax" | "lossPauseHours">;
};

type Exit = Pick<PastTrade, "exitedAt" | "marketId">;

/** In the order of their exits and, at one instant, of their markets. */
const byExit = (first: Exit, second: Exit): number =>
  first.exitedAt - second.exitedAt || first.marketId - second.marketId;

type Closed = Exit & Pick<Trade, "exitReason" | "realizedPnl" | "quantity" | "entryPrice">;

/** The trades with one more, numbered: those that ended after it count anew from it. */
const addTrade = (trades: readonly PastTrade[], closed: Closed): PastTrade[] => {
  const { marketId, exitedAt } = closed;
  const at = trades.findLastIndex((trade) => byExit(trade, closed) <= 0) + 1;
  const [before, after] = [trades.slice(0, at), trades.slice(at)];
  let losses = countLosses(before.at(-1)?.lossesInRow ?? 0, closed);
  const added = { marketId, exitedAt, lossesInRow: losses };
  const renumbered = after.map((trade) => {
    losses = trade.lossesInRow > 0 ? losses + 1 : 0;
    return { ...trade, lossesInRow: losses };
  });
  return [...before, added, ...renumbered];
};

const addStop = (stops: readonly PastStop[], { marketId, exitedAt, exitReason }: Closed): readonly PastStop[] => {
  const last = stops.find((stop) => stop.marketId === marketId);
  if (!STOP_REASONS.has(exitReason) || (last && last.at >= exitedAt)) return stops;
  const others = stops.filter((stop) => stop !== last);
  return [...others, { marketId, at: exitedAt }].toSorted((one, other) => one.marketId - other.marketId);
};

const addResult = (results: readonly PastResult[], closed: Closed): PastResult[] => {
  const { marketId, exitedAt, realizedPnl, quantity, entryPrice } = closed;
  const at = results.findLastIndex((result) => byExit(result, closed) <= 0) + 1;
  const notional = toPlain(quantity.times(entryPrice));
  const added = { marketId, exitedAt, realizedPnl: toPlain(realizedPnl), notional };
  return [...results.slice(0, at), added, ...results.slice(at)].slice(-RESULTS_MAX);
};

/** The past with one more closed trade. */
export const rememberTrade = (past: PastEvents, closed: Closed): PastEvents => ({
  ...past,
  trades: addTrade(past.trades, closed),
  stops: addStop(past.stops, closed),
  results: addResult(past.results, closed),
});

/** The past with one more entry. */
export const rememberEntry = (past: PastEvents, entry: PastEntry): PastEvents => ({
  ...past,
  entries: [...past.entries, entry],
});

/** Without what the gate asks no more at `time` (ms) or later. The last of the trades before stays: it numbers what follows. */
export const forgetOld = ({ trades, stops, entries, results }: PastEvents, time: number): PastEvents => ({
  trades: trades.slice(
    Math.max(
      0,
      trades.findLastIndex(({ exitedAt }) => exitedAt < time - HISTORY_MS),
    ),
  ),
  stops: stops.filter(({ at }) => at >= time - HISTORY_MS),
  entries: entries.filter(({ at }) => at >= time - HISTORY_MS),
  results: results.filter(({ exitedAt }) => exitedAt >= time - HISTORY_MS),
});

/** An entry that the venue refused or that was never sent does not count towards the day. */
const isSent = ({ statuses }: PastEntry): boolean =>
  statuses.length === 0 || statuses.some((status) => status !== "rejected" && status !== "expired");

/** What a bot did before a slot, as far as the gate asks: entries of the UTC day, stops, losses in a row, results. */
export const viewHistory = (
  { trades, stops, entries, results: ended }: PastEvents,
  { time, limits }: Reading,
): EntryHistory => {
  const dayStart = dayStartOf(time);
  const entriesToday = entries.filter((entry) => isSent(entry) && entry.at >= dayStart).length;
  const until = lossPauseUntil(trades, limits);
  const results = ended.filter(({ exitedAt }) => exitedAt >= time - HISTORY_MS);
  return (marketId, decidedCandle) => ({
    entriesToday,
    lastStopAt: stops.find((stop) => stop.marketId === marketId && stop.at >= time - HISTORY_MS)?.at ?? null,
    // One that is over counts no more: what it came of may be forgotten.
    lossPauseUntil: until !== null && until > time ? until : null,
    // A refused order used up its candle too: it is asked once.
    hasEnteredThisCandle:
      decidedCandle !== null &&
      entries.some((entry) => entry.marketId === marketId && entry.decidedCandle === decidedCandle),
    results,
  });
};
