/**
 * What went wrong with a venue: it could not be reached or did not answer in time; it asked us to slow down; it is
 * closed for maintenance; its answer was invalid; it refused the request.
 */
export type VenueErrorKind = "unreachable" | "rate-limited" | "maintenance" | "bad-response" | "refused";

/**
 * A fault of the venue, thrown by adapters, so that a durable step retries when `retryable`. A READ may be repeated on
 * any retryable kind; a WRITE only after asking the venue whether it happened.
 */
export class VenueError extends Error {
  override readonly name = "VenueError";
  readonly kind: VenueErrorKind;
  readonly retryable: boolean;

  constructor(kind: VenueErrorKind, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.kind = kind;
    this.retryable = kind !== "refused";
  }
}

const WORDS: Record<VenueErrorKind, string> = {
  unreachable: "The venue does not answer.",
  "rate-limited": "The venue asks to be asked less often.",
  maintenance: "The venue is closed for maintenance.",
  "bad-response": "What the venue answered makes no sense.",
  refused: "The venue refused what was asked.",
};

/** What went wrong, in words for users: an error's own message may show addresses. */
export const describeVenueError = ({ kind }: VenueError): string => WORDS[kind];
