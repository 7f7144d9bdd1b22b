import { describeVenueError, VenueError } from "~/trading/venue-error";
import { AppError } from "../errors";
import { reportFailure } from "../report-failure";
import { FAILURE_MAX, isFinal } from "./cycle-ref";

const UNKNOWN = "Something went wrong inside 0xBot. The cause is in its log.";

/** Errors with messages of our own, which reveal nothing about our code or machines. */
const isInOurWords = (error: unknown): error is Error => isFinal(error) || error instanceof AppError;

/** The failure in words for users. Messages of libraries may show addresses, file names and database queries. */
export const describeFailure = (error: unknown): string => {
  if (error instanceof VenueError) return describeVenueError(error);
  return isInOurWords(error) ? error.message.slice(0, FAILURE_MAX) : UNKNOWN;
};

/** Logs failures whose details users do not see. `step`: where it happened. */
export const logHiddenFailure = (step: string, error: unknown): void => {
  if (error instanceof VenueError || isInOurWords(error)) return;
  reportFailure(step, error, true);
};
