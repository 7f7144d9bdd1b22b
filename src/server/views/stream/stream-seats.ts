import type { StreamSeats } from "../../ports/stream-seats";

/**
 * Streams of one user at a time in this process. A browser opens six connections to a host over HTTP/1.1: with five
 * streams one is left for everything else.
 */
export const STREAMS_PER_USER = 5;

/**
 * The newest stream always gets a place and the oldest loses its own: a tab just opened is live, and a dead connection
 * keeps nobody out.
 */
export const createStreamSeats = (seatsPerUser = STREAMS_PER_USER): StreamSeats => {
  const taken = new Map<string, Set<AbortController>>();
  return {
    take: (userId) => {
      const seats = taken.get(userId) ?? new Set();
      const seat = new AbortController();
      const leave = (): void => {
        seats.delete(seat);
        if (seats.size === 0 && taken.get(userId) === seats) taken.delete(userId);
      };
      taken.set(userId, seats.add(seat));
      const [oldest] = seats;
      if (seats.size > seatsPerUser && oldest) {
        seats.delete(oldest);
        oldest.abort();
      }
      return { signal: seat.signal, leave };
    },
  };
};
