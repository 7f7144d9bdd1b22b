import { VenueError } from "~/trading/venue-error";

/** A request that the venue did not answer is not repeated by those who waited: each would wait as long for nothing. */
const isSilence = (error: unknown): boolean => error instanceof VenueError && error.kind === "unreachable";

/** Runs the work of a key one after another, so that two bots never fetch the same candles; keys do not wait for each other. */
export const createTurns = () => {
  const last = new Map<string, Promise<unknown>>();
  return async <Result>(key: string, work: () => Promise<Result>): Promise<Result> => {
    const run = (last.get(key) ?? Promise.resolve()).then(work, (error: unknown) => {
      if (isSilence(error)) throw error;
      return work();
    });
    last.set(key, run);
    try {
      return await run;
    } finally {
      if (last.get(key) === run) last.delete(key);
    }
  };
};
