/** How far ahead slots are announced, wall time: longer than the minute between two ticks. */
export const HORIZON_WALL_MS = 90_000;

/** A planned slot to announce: `wallAt` is when it begins, ms of wall time. */
export type PlannedCycle = {
  readonly botId: string;
  readonly cycleId: string;
  readonly slot: string;
  readonly wallAt: number;
};
