import { floorToGrid } from "../market/timeframe";

/** Slots to plan for one bot; times in ms of venue time. */
export type SlotPlan = {
  /** Slots that passed while the system was down: one row stands for all of them. */
  readonly missed: { readonly from: number; readonly through: number; readonly count: number } | null;
  readonly slots: readonly number[];
  /** The first slot that stays unplanned. */
  readonly nextDue: number;
};

/**
 * Plans every slot from `nextDue` through `horizon`. Of the slots that have passed only the newest runs: downtime
 * leaves one missed row, never a burst of cycles (TRADING 1).
 */
export const planSlots = (times: {
  readonly nextDue: number;
  readonly now: number;
  readonly horizon: number;
  readonly intervalMs: number;
}): SlotPlan => {
  const { nextDue, now, horizon, intervalMs } = times;
  const newestPassed = floorToGrid(now, intervalMs);
  const first = Math.max(nextDue, newestPassed);
  const count = (first - nextDue) / intervalMs;
  const missed = count > 0 ? { from: nextDue, through: first - intervalMs, count } : null;
  const slots: number[] = [];
  for (let slot = first; slot <= horizon; slot += intervalMs) slots.push(slot);
  return { missed, slots, nextDue: first + slots.length * intervalMs };
};

/** The first slot of a bot that starts at `time`: the next instant of its interval's UTC grid. */
export const firstSlotFrom = (time: number, intervalMs: number): number => Math.ceil(time / intervalMs) * intervalMs;
