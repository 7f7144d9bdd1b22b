/** What decides whether a due slot runs. Venue time (ms): `slot`, `venueNow`; wall time (ms): `wallNow`, `retryAt`. */
export type BeginState = {
  readonly holder: string;
  readonly slot: number;
  readonly venueNow: number;
  readonly wallNow: number;
  readonly intervalMs: number;
  readonly botStatus: "running" | "paused" | "stopped" | "archived";
  readonly tradingState: "active" | "reducing" | "halted";
  readonly cycleStatus: "due" | "running" | "done" | "skipped" | "failed" | "abandoned";
  /** The run that holds this cycle, or held it until it failed; null when no run began it. */
  readonly cycleHolder: string | null;
  /** When a failed cycle is tried again. Until then only the run that held it may begin it. Null: it did not fail. */
  readonly retryAt: number | null;
  /** A later slot of the bot was begun, so this slot must not run after it. */
  readonly isOvertaken: boolean;
  /** The bot's lease: the run that holds it, and whether it has not expired. */
  readonly leaseHolder: string | null;
  readonly isLeaseCurrent: boolean;
};

export type BeginOutcome =
  | { readonly outcome: "claim" }
  | { readonly outcome: "skip"; readonly reason: "busy" | "stale" | "paused" | "halted" }
  /** The slot has already ended: the event was a repeat. */
  | { readonly outcome: "ended" }
  /** It is too early for the slot or its next try, because the event was timed by another clock. It stays due. */
  | { readonly outcome: "early" };

const isHeldByAnother = ({ isLeaseCurrent, leaseHolder, holder }: BeginState): boolean =>
  isLeaseCurrent && leaseHolder !== null && leaseHolder !== holder;

/** Set where nothing may be written: the cycle ended, another run has it, or its time has not come. */
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
 * Decides the first step of a cycle (TRADING 1). A run may claim a cycle that it already holds: the process may have
 * died after the first claim. A slot runs only while it is the newest one that passed.
 */
export const decideBegin = (state: BeginState): BeginOutcome => {
  const isUntouched = untouched(state);
  if (isUntouched) return isUntouched;
  if (isHeldByAnother(state)) return { outcome: "skip", reason: "busy" };
  if (state.cycleStatus === "running") return { outcome: "claim" };
  if (state.botStatus === "stopped" || state.botStatus === "archived") return { outcome: "skip", reason: "paused" };
  if (state.tradingState === "halted") return { outcome: "skip", reason: "halted" };
  if (isStale(state)) return { outcome: "skip", reason: "stale" };
  return isTooEarly(state) ? { outcome: "early" } : { outcome: "claim" };
};
