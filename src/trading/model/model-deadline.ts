/** So much of a slot's length may an answer take, so that it never comes into the next one. */
const SHARE_OF_SLOT = 0.6;
/** In less time nobody answers: what is paid then is not heard. */
const LEAST_MS = 500;

type Slot = {
  /** Between two slots, ms of venue time. */
  readonly intervalMs: number;
  /** Venue time per wall time; 0: it stands still, so that no next slot comes. */
  readonly speed: number;
};

/** How long a model has to answer at a slot, ms of wall time; null: there is no time to ask it. `mostMs`: in any case. */
export const modelDeadlineMs = ({ intervalMs, speed }: Slot, mostMs: number): number | null => {
  const slotMs = speed === 0 ? Number.POSITIVE_INFINITY : intervalMs / speed;
  const ms = Math.floor(Math.min(mostMs, slotMs * SHARE_OF_SLOT));
  return ms < LEAST_MS ? null : ms;
};
