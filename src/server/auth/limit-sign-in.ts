import { createHash } from "node:crypto";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import type { Database } from "../db/client";

/** A soft lock: tries per quarter of an hour, right or wrong. One address may be shared by many. */
const WINDOW_SECONDS = 15 * 60;
const TRIES_PER_EMAIL = 10;
const TRIES_PER_ADDRESS = 50;

export type SignInKeys = { readonly email: string; readonly address: string };

type CounterRow = { readonly points: number; readonly expire: bigint | null };
type Statement = { readonly text: string; readonly values: readonly unknown[] };

/** The library's own statements, with values apart, on our connections. It calculates with plain numbers. */
const createStore = (db: Database) => ({
  query: async ({ text, values }: Statement) => {
    const rows = await db.$queryRawUnsafe<CounterRow[]>(text, ...values);
    return {
      rowCount: rows.length,
      rows: rows.map(({ points, expire }) => ({ points, expire: expire === null ? null : Number(expire) })),
    };
  },
});

const createLimiter = (db: Database, keyPrefix: string, points: number) =>
  new RateLimiterPostgres({
    storeClient: createStore(db),
    storeType: "client",
    tableName: "rate_limits",
    tableCreated: true,
    clearExpiredByTimeout: false,
    keyPrefix,
    points,
    duration: WINDOW_SECONDS,
  });

const limitersOf = (db: Database) => ({
  byAddress: createLimiter(db, "sign-in-address", TRIES_PER_ADDRESS),
  byEmail: createLimiter(db, "sign-in-email", TRIES_PER_EMAIL),
});

/** Who tried to sign in is nobody's business who reads the table. */
const keyOf = (value: string): string => createHash("sha256").update(value).digest("hex");

/** Counts a try before the password is looked at. Returns 0, or the seconds to wait when there were too many. */
export const countSignIn = async (db: Database, { email, address }: SignInKeys): Promise<number> => {
  const { byAddress, byEmail } = limitersOf(db);
  try {
    await byAddress.consume(keyOf(address));
    await byEmail.consume(keyOf(email));
    return 0;
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
    throw refusal;
  }
};

/** After the right password, the tries of this user no longer count. */
export const forgiveSignIn = async (db: Database, { email, address }: SignInKeys): Promise<void> => {
  const { byAddress, byEmail } = limitersOf(db);
  await byEmail.delete(keyOf(email));
  await byAddress.reward(keyOf(address));
};
