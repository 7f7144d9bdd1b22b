/** What decides whether a due slot runs; times in ms, `slot` and `venueNow` venue time. */
export type BeginState = {
  readonly holder: string;
  readonly slot: number;
  readonly venueNow: number;
  readonly intervalMs: number;
  readonly botStatus: "running" | "paused" | "stopped" | "archived";
  readonly tradingState: "active" | "reducing" | "halted";
  readonly cycleStatus: "due" | "running" | "done" | "skipped" | "failed" | "abandoned";
  /** Who runs this very cycle already; null when nobody does. */
  readonly cycleHolder: string | null;
  /** The bot's lease: who holds it, and whether that is still in time. */
  readonly leaseHolder: string | null;
  readonly isLeaseCurrent: boolean;
};

export type BeginOutcome =
  | { readonly outcome: "claim" }
  | { readonly outcome: "skip"; readonly reason: "busy" | "stale" | "paused" | "halted" }
  /** The slot has ended before: a repeated event. */
  | { readonly outcome: "ended" }
  /** The slot has not come: its event was timed by a clock that was set anew since. It stays due. */
  | { readonly outcome: "early" };

const isHeldByAnother = ({ isLeaseCurrent, leaseHolder, holder }: BeginState): boolean =>
  isLeaseCurrent && leaseHolder !== null && leaseHolder !== holder;

/** The cycle has ended, or another run has it; or its time has not come. Then nothing is written. */
const untouched = (state: BeginState): BeginOutcome | null => {
  if (state.cycleStatus === "running" && state.cycleHolder === state.holder) return null;
  if (state.cycleStatus !== "due") return { outcome: "ended" };
  return state.venueNow < state.slot ? { outcome: "early" } : null;
};

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
  if (state.venueNow >= state.slot + state.intervalMs) return { outcome: "skip", reason: "stale" };
  return { outcome: "claim" };
};
