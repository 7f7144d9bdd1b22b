/** One stream's place among those of its user. */
export type StreamSeat = {
  /** Aborts when a newer stream of the user took the place. */
  readonly signal: AbortSignal;
  leave(): void;
};

export type StreamSeats = { take(userId: string): StreamSeat };
