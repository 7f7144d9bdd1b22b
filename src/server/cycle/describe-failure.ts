import { describeVenueError, VenueError } from "~/trading/venue-error";
import { AppError } from "../errors";
import { reportFailure } from "../report-failure";
import { FAILURE_MAX, isFinal } from "./cycle-ref";

const UNKNOWN = "Something went wrong inside 0xBot. The cause is in its log.";

/** Errors whose words are ours, and say nothing of how and where we are built. */
const isInOurWords = (error: unknown): error is Error => isFinal(error) || error instanceof AppError;

/** In words for users: what a library says names addresses, files of ours and what was asked of the database. */
export const describeFailure = (error: unknown): string => {
  if (error instanceof VenueError) return describeVenueError(error);
  return isInOurWords(error) ? error.message.slice(0, FAILURE_MAX) : UNKNOWN;
};

/** Keeps in the log what users are not told. `step`: where it happened. */
export const logHiddenFailure = (step: string, error: unknown): void => {
  if (error instanceof VenueError || isInOurWords(error)) return;
  reportFailure(step, error, true);
};
