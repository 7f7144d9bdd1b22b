/** A database that could not be asked for this long was away; a shorter failure is ignored. */
const AWAY_MS = 10_000;
/** One look alone may have been held up by what held up us: a machine that slept. */
const LOOKS_MIN = 2;

/** Looks in a row that failed, and when the first of them began; `null`: the last one did not. */
export type FailedLooks = { readonly since: Date; readonly count: number } | null;

export const addFailedLook = (failed: FailedLooks, begunAt: Date): FailedLooks => ({
  since: failed?.since ?? begunAt,
  count: (failed?.count ?? 0) + 1,
});

/** Since when the database was away, told by a look that begins now; `null`: it was not. */
export const databaseAwaySince = (failed: FailedLooks, begunAt: Date): Date | null =>
  failed && failed.count >= LOOKS_MIN && begunAt.getTime() - failed.since.getTime() > AWAY_MS ? failed.since : null;
