import { InvariantError } from "~/trading/invariant";

/** A begun cycle in the plain JSON that steps pass on. `slot` is ms of venue time; `epoch` fences its writes. */
export type CycleRef = {
  readonly cycleId: string;
  readonly botId: string;
  readonly slot: number;
  readonly settingsVersion: number;
  readonly epoch: string;
  readonly holder: string;
  /** The command that started it; absent: its slot did. */
  readonly commandId?: string;
};

/** The cycle lost its bot to another cycle, so it may not write any more. A retry cannot help. */
export class StaleCycleError extends Error {
  override readonly name = "StaleCycleError";
}

/** The cycle's venue is known not to answer. It is not asked, so that its bots do not delay those of other venues. */
export class VenueOutageError extends Error {
  override readonly name = "VenueOutageError";
}

/** The cycle failed before its verdicts, and has no retries left. */
export class RetriesExhaustedError extends Error {
  override readonly name = "RetriesExhaustedError";
}

const FINAL = [StaleCycleError, InvariantError, VenueOutageError, RetriesExhaustedError];

/** Whether trying again cannot help. */
export const isFinal = (error: unknown): error is Error => FINAL.some((kind) => error instanceof kind);

/** How many characters of a failure's text are stored. */
export const FAILURE_MAX = 500;
