import type { Database } from "../db/client";
import { TooManyTries } from "../errors";
import { createLimiter, hashOf, waitOf } from "./rate-limiter";

const QUARTER = 15 * 60;
const HOUR = 60 * 60;

type Limits = {
  readonly account: number;
  /** One address may be shared by many. */
  readonly address: number;
  /** Of all whose addresses are unknown; none: it would shut out everybody, also those who have an account. */
  readonly unknown?: number;
  readonly seconds: number;
};

/** How many tries count, per account and per address, in so many seconds. Accounts are kept for ever. */
const LIMITS = {
  register: { account: 3, address: 20, unknown: 200, seconds: HOUR },
  "request-reset": { account: 3, address: 20, seconds: HOUR },
  "request-verification": { account: 3, address: 20, seconds: HOUR },
  "change-password": { account: 5, address: 50, seconds: QUARTER },
} as const satisfies Record<string, Limits>;

export type Try = {
  readonly what: keyof typeof LIMITS;
  /** An address of mail, a user's id or a session's, whether or not there is such an account. */
  readonly account: string;
  /** Null: unknown. */
  readonly address: string | null;
};

const limiterOf = (db: Database, what: Try["what"], by: keyof Limits) => {
  const limits: Limits = LIMITS[what];
  return createLimiter(db, `${what}-${by}`, { points: limits[by] ?? 0, duration: limits.seconds });
};

const countAddress = async (db: Database, { what, address }: Try): Promise<void> => {
  const limits: Limits = LIMITS[what];
  if (address !== null) await limiterOf(db, what, "address").consume(hashOf(address));
  else if (limits.unknown !== undefined) await limiterOf(db, what, "unknown").consume("all");
};

/** Counts a try before anything is looked up. Throws TooManyTries beyond the limit, alike for accounts that do not exist. */
export const countTry = async (db: Database, tried: Try): Promise<void> => {
  try {
    await countAddress(db, tried);
    await limiterOf(db, tried.what, "account").consume(hashOf(tried.account));
  } catch (refusal) {
    throw new TooManyTries(waitOf(refusal));
  }
};

/** Takes back the tries of an account whose owner has proved who it is. */
export const forgiveTries = async (db: Database, { what, account }: Pick<Try, "what" | "account">): Promise<void> => {
  await limiterOf(db, what, "account").delete(hashOf(account));
};
