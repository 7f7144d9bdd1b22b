import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

const WINDOW_SECONDS = 10;
/** Five pages that follow a demo at 3600x read about 80 queries a second; this allows 200. */
const READS_MAX = 2000;
/** More than a user can click. */
const CHANGES_MAX = 20;
/** Each takes a connection of the database before it waits; every seat of a user once, and a second time after a loss. */
const STREAMS_MAX = 15;

type Limits = { readonly reads?: number; readonly changes?: number; readonly streams?: number };
type Kind = "query" | "mutation" | "subscription";

/** Per process and in memory: the limit guards the time of this process only. */
export const createCallCounter = ({ reads = READS_MAX, changes = CHANGES_MAX, streams = STREAMS_MAX }: Limits = {}) => {
  const limiterOf = (keyPrefix: Kind, points: number) =>
    new RateLimiterMemory({ keyPrefix, points, duration: WINDOW_SECONDS });
  const limiters: Readonly<Record<Kind, RateLimiterMemory>> = {
    query: limiterOf("query", reads),
    mutation: limiterOf("mutation", changes),
    subscription: limiterOf("subscription", streams),
  };
  return {
    count: async (userId: string, kind: Kind): Promise<number> => {
      try {
        await limiters[kind].consume(userId);
        return 0;
      } catch (refusal) {
        if (refusal instanceof RateLimiterRes) return Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
        throw refusal;
      }
    },
  };
};
