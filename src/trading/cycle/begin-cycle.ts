/** What decides whether a due slot runs; times in ms, `slot` and `venueNow` venue time, `wallNow` and `retryAt` wall time. */
export type BeginState = {
  readonly holder: string;
  readonly slot: number;
  readonly venueNow: number;
  readonly wallNow: number;
  readonly intervalMs: number;
  readonly botStatus: "running" | "paused" | "stopped" | "archived";
  readonly tradingState: "active" | "reducing" | "halted";
  readonly cycleStatus: "due" | "running" | "done" | "skipped" | "failed" | "abandoned";
  /** Who runs this very cycle already, or ran it until it failed; null when nobody did. */
  readonly cycleHolder: string | null;
  /** When it is tried again, by whoever held it; before, nobody else does. Null: it did not fail. */
  readonly retryAt: number | null;
  /** A later slot of the bot was begun: its equity is marked already. */
  readonly isOvertaken: boolean;
  /** The bot's lease: who holds it, and whether that is still in time. */
  readonly leaseHolder: string | null;
  readonly isLeaseCurrent: boolean;
};

export type BeginOutcome =
  | { readonly outcome: "claim" }
  | { readonly outcome: "skip"; readonly reason: "busy" | "stale" | "paused" | "halted" }
  /** The slot has ended before: a repeated event. */
  | { readonly outcome: "ended" }
  /** The slot, or its next try, has not come: its event was timed by another clock. It stays due. */
  | { readonly outcome: "early" };

const isHeldByAnother = ({ isLeaseCurrent, leaseHolder, holder }: BeginState): boolean =>
  isLeaseCurrent && leaseHolder !== null && leaseHolder !== holder;

/** The cycle has ended, or another run has it; or its time has not come. Then nothing is written. */
const untouched = (state: BeginState): BeginOutcome | null => {
  if (state.cycleStatus === "running" && state.cycleHolder === state.holder) return null;
  if (state.cycleStatus !== "due") return { outcome: "ended" };
  return state.venueNow < state.slot ? { outcome: "early" } : null;
};

const isStale = ({ isOvertaken, venueNow, slot, intervalMs }: BeginState): boolean =>
  isOvertaken || venueNow >= slot + intervalMs;

const isTooEarly = ({ retryAt, wallNow, cycleHolder, holder }: BeginState): boolean =>
  retryAt !== null && wallNow < retryAt && cycleHolder !== holder;

/**
 * Decides the first step of a cycle (TRADING 1). A run that claims again what it held before gets it: its first claim
 * may have been lost with its process. A slot runs only while it is the newest one that passed.
 */
export const decideBegin = (state: BeginState): BeginOutcome => {
  const isUntouched = untouched(state);
  if (isUntouched) return isUntouched;
  if (isHeldByAnother(state)) return { outcome: "skip", reason: "busy" };
  if (state.cycleStatus === "running") return { outcome: "claim" };
  if (state.botStatus !== "running") return { outcome: "skip", reason: "paused" };
  if (state.tradingState === "halted") return { outcome: "skip", reason: "halted" };
  if (isStale(state)) return { outcome: "skip", reason: "stale" };
  return isTooEarly(state) ? { outcome: "early" } : { outcome: "claim" };
};
