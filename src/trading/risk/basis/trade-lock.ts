/** A pair that the trader keeps a bot from entering until a venue time, ms. `pair` null: all of them. */
export type TradeLock = { readonly pair: string | null; readonly until: number; readonly reason: string | null };

/** The lock that keeps a pair from being entered longest; undefined: none is in force at the time, ms. */
export const lockOn = (locks: readonly TradeLock[], pair: string, time: number): TradeLock | undefined =>
  locks
    .filter((lock) => (lock.pair === null || lock.pair === pair) && lock.until > time)
    .toSorted((one, other) => other.until - one.until)
    .at(0);
