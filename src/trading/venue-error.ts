/**
 * What went wrong between us and a venue: it could not be reached or did not answer in time; it asked us to slow
 * down; it is closed for maintenance; it answered nonsense; it understood and said no.
 */
export type VenueErrorKind = "unreachable" | "rate-limited" | "maintenance" | "bad-response" | "refused";

/**
 * The world's fault: thrown by adapters, so that a durable step retries when `retryable`. A READ may be repeated on
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
