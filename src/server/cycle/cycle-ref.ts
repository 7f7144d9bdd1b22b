import { InvariantError } from "~/trading/invariant";

/** A cycle that was begun, as it travels between steps: plain JSON. `slot` is ms of venue time, `epoch` its fence. */
export type CycleRef = {
  readonly cycleId: string;
  readonly botId: string;
  readonly slot: number;
  readonly settingsVersion: number;
  readonly epoch: string;
  readonly holder: string;
};

/** The cycle lost its bot to another: whatever it still wanted to write is refused. Not worth a retry. */
export class StaleCycleError extends Error {
  override readonly name = "StaleCycleError";
}

/** The cycle's venue is known not to answer: nothing is asked of it, so that its bots hold up nobody else's. */
export class VenueOutageError extends Error {
  override readonly name = "VenueOutageError";
}

/** The cycle failed before its verdicts as often as it may. */
export class RetriesExhaustedError extends Error {
  override readonly name = "RetriesExhaustedError";
}

const FINAL = [StaleCycleError, InvariantError, VenueOutageError, RetriesExhaustedError];

/** Whether a failure will never go away by trying again. */
export const isFinal = (error: unknown): error is Error => FINAL.some((kind) => error instanceof kind);

/** How much of a failure's text is kept. */
export const FAILURE_MAX = 500;
