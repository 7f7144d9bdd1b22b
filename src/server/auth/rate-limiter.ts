import { createHash } from "node:crypto";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import type { Database } from "../db/client";

type CounterRow = { readonly points: number; readonly expire: bigint | null };
type Statement = { readonly text: string; readonly values: readonly unknown[] };

/** Runs the library's own parameterised statements on our connections. The library calculates with plain numbers. */
const createStore = (db: Database) => ({
  query: async ({ text, values }: Statement) => {
    const rows = await db.$queryRawUnsafe<CounterRow[]>(text, ...values);
    return {
      rowCount: rows.length,
      rows: rows.map(({ points, expire }) => ({ points, expire: expire === null ? null : Number(expire) })),
    };
  },
});

type Limit = { readonly points: number; readonly duration: number };

export const createLimiter = (db: Database, keyPrefix: string, limit: Limit) =>
  new RateLimiterPostgres({
    storeClient: createStore(db),
    storeType: "client",
    tableName: "rate_limits",
    tableCreated: true,
    clearExpiredByTimeout: false,
    keyPrefix,
    ...limit,
  });

/** The table does not reveal who tried. */
export const hashOf = (value: string): string => createHash("sha256").update(value).digest("hex");

/** The seconds to wait that a limiter's refusal asks for. Throws what was another failure. */
export const waitOf = (refusal: unknown): number => {
  if (refusal instanceof RateLimiterRes) return Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
  throw refusal;
};
