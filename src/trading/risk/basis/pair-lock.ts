import { DAY_MS, HOUR_MS } from "../../market/duration";
import { sumOf, type Decimal } from "../../money";
import { returnOf, type PastResult } from "./past-results";

export type PairLockLimits = Readonly<
  Record<"pairLockHours" | "pairLockDays" | "pairLockTradesMin" | "pairLockProfitMin", number>
>;

/** Until when (ms) a pair is locked, and why: so many trades made this together, each as a fraction of its value. */
export type PairLock = { readonly until: number; readonly trades: number; readonly made: Decimal };

/** What the trades up to and including this one made in the days before its exit, where it locks its pair. */
const lockAt = (trades: readonly PastResult[], index: number, limits: PairLockLimits): PairLock | null => {
  const last = trades[index];
  if (last === undefined) return null;
  const from = last.exitedAt - limits.pairLockDays * DAY_MS;
  const counted = trades.slice(0, index + 1).filter(({ exitedAt }) => exitedAt >= from);
  const made = sumOf(counted.map(returnOf));
  const isLocked = counted.length >= limits.pairLockTradesMin && made.lt(limits.pairLockProfitMin);
  return isLocked ? { until: last.exitedAt + limits.pairLockHours * HOUR_MS, trades: counted.length, made } : null;
};

/**
 * The lock that holds a pair at `time` (ms): each trade that leaves it with too little profit begins one, and none ends
 * early because what caused it has become old. `trades`: those of the pair, by their exits.
 */
export const findPairLock = (trades: readonly PastResult[], limits: PairLockLimits, time: number): PairLock | null => {
  for (let index = trades.length - 1; index >= 0; index -= 1) {
    const trade = trades[index];
    if (trade === undefined || trade.exitedAt + limits.pairLockHours * HOUR_MS <= time) return null;
    const lock = lockAt(trades, index, limits);
    if (lock) return lock;
  }
  return null;
};
