import { firstSlotFrom } from "./plan-slots";

/** Where a bot stands when its settings change; times in ms of venue time. */
export type Standing = {
  readonly now: number;
  /** The first slot that nobody accounted for. */
  readonly nextDue: number;
  /** The last slot that has a row; null: it never had one. */
  readonly lastSlot: number | null;
  readonly intervalMs: number;
};

/** From when on slots are due by the new settings, and the first of them. */
export type TakenSettings = { readonly inForceFrom: number; readonly nextDue: number };

/**
 * What was accounted for stays as it was: the new settings are in force after the last slot that has a row, and at once
 * where none is overdue. A bot that never ran begins when it was to begin: before that it has no money.
 */
export const takeSettings = (
  { now, nextDue, lastSlot, intervalMs }: Standing,
  newIntervalMs: number,
): TakenSettings => {
  const isSame = intervalMs === newIntervalMs;
  const inForceFrom = isSame || lastSlot === null ? nextDue : Math.min(nextDue, Math.max(now, lastSlot) + 1);
  return { inForceFrom, nextDue: isSame ? nextDue : firstSlotFrom(inForceFrom, newIntervalMs) };
};
