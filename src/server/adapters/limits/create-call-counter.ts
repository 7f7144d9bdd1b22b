import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

const WINDOW_SECONDS = 10;
/** Five pages that follow a demo at 3600x read about 80 queries a second; this allows 200. */
const READS_MAX = 2000;
/** More than a user can click. */
const CHANGES_MAX = 20;

type Limits = { readonly reads?: number; readonly changes?: number };
type Kind = "query" | "mutation" | "subscription";

/** Per process and in memory: the limit guards the time of this process only. */
export const createCallCounter = ({ reads = READS_MAX, changes = CHANGES_MAX }: Limits = {}) => {
  const readLimiter = new RateLimiterMemory({ keyPrefix: "read", points: reads, duration: WINDOW_SECONDS });
  const changeLimiter = new RateLimiterMemory({ keyPrefix: "change", points: changes, duration: WINDOW_SECONDS });
  return {
    count: async (userId: string, kind: Kind): Promise<number> => {
      try {
        await (kind === "mutation" ? changeLimiter : readLimiter).consume(userId);
        return 0;
      } catch (refusal) {
        if (refusal instanceof RateLimiterRes) return Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
        throw refusal;
      }
    },
  };
};
