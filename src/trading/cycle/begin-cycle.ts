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
  | { readonly outcome: "ended" };

const isHeldByAnother = ({ isLeaseCurrent, leaseHolder, holder }: BeginState): boolean =>
  isLeaseCurrent && leaseHolder !== null && leaseHolder !== holder;

/**
 * Decides the first step of a cycle (TRADING 1). A run that claims again what it held before gets it: its first claim
 * may have been lost with its process. A slot runs only while it is the newest one that passed.
 */
export const decideBegin = (state: BeginState): BeginOutcome => {
  const isOwn = state.cycleStatus === "running" && state.cycleHolder === state.holder;
  if (state.cycleStatus !== "due" && !isOwn) return { outcome: "ended" };
  if (isHeldByAnother(state)) return { outcome: "skip", reason: "busy" };
  if (isOwn) return { outcome: "claim" };
  if (state.botStatus !== "running") return { outcome: "skip", reason: "paused" };
  if (state.tradingState === "halted") return { outcome: "skip", reason: "halted" };
  if (state.venueNow >= state.slot + state.intervalMs) return { outcome: "skip", reason: "stale" };
  return { outcome: "claim" };
};
