import type { RiskRule } from "../basis/risk-rule";
import { lockOn } from "../basis/trade-lock";

/** "2024-01-22 12:00 UTC (news)": until when, and why, as the check states it. */
const describeLock = (until: number, reason: string | null): string =>
  `${new Date(until).toISOString().slice(0, 16).replace("T", " ")} UTC${reason === null ? "" : ` (${reason})`}`;

/** A pair that the trader locked is not entered; what is open there goes on. Without a lock nothing is measured. */
export const lockedByHandRule: RiskRule<"locked-by-hand"> = {
  name: "locked-by-hand",
  description: "A pair that its trader locked is not entered until the lock ends.",
  unit: "state",
  limits: {},
  asks: ({ locks = [], entry, time }) => lockOn(locks, entry.decision.pair, time) !== undefined,
  check: ({ locks = [], entry, time }) => {
    const lock = lockOn(locks, entry.decision.pair, time);
    return lock
      ? { outcome: "fail", measured: "locked", limit: describeLock(lock.until, lock.reason) }
      : { outcome: "pass", measured: "unlocked", limit: "none" };
  },
  words: {
    title: "locked by you",
    refused: "you locked the pair",
    reason: ({ limit }) => `you locked it until ${limit}`,
    change: ({ limit }) => `unlock it, or wait until ${limit}`,
  },
};
