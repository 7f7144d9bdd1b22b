import { VenueError } from "~/trading/venue-error";

/**
 * Data that the venue does not have is unknown and the cycle continues; a failed request throws, and the step is
 * retried.
 */
export const orUnknown = async <Value, Unknown>(answer: Promise<Value>, unknown: Unknown): Promise<Value | Unknown> => {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof VenueError && (error.kind === "maintenance" || error.kind === "refused")) return unknown;
    throw error;
  }
};
