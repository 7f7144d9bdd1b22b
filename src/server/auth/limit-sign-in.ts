import type { Database } from "../db/client";
import type { KnownDevice } from "./known-device";
import { createLimiter, hashOf, waitOf } from "./rate-limiter";

/**
 * Guessing is bounded per account, wherever it comes from: ten tries at once, then a wait that doubles from 30 s to
 * 15 min between any two. That is 110 guesses a day, and at most 120 in any 24 hours. Each known device has its own count,
 * and so has each session that is asked for the password again: who took one cannot keep its owner's others waiting.
 */
const TRIES_AT_ONCE = 10;
const FIRST_WAIT_SECONDS = 30;
const LAST_WAIT_SECONDS = 15 * 60;
const DAY_SECONDS = 86_400;

/** Over all accounts, per quarter of an hour. One address may be shared by many. */
const TRIES_PER_ADDRESS = 50;
const ADDRESS_SECONDS = 15 * 60;

/**
 * Who makes the attempt. Strangers cannot slow a device from which this user has signed in before. `address` null:
 * unknown, so a limit on it would shut out everybody.
 */
export type Trier =
  | { readonly kind: "known-device"; readonly device: KnownDevice }
  | { readonly kind: "signed-in"; readonly sessionId: string }
  | { readonly kind: "stranger"; readonly email: string; readonly address: string | null };

const byAddress = (db: Database) =>
  createLimiter(db, "sign-in-address", { points: TRIES_PER_ADDRESS, duration: ADDRESS_SECONDS });
/** Counts the tries of a day, and refuses none. */
const triesOf = (db: Database, kind: Trier["kind"]) =>
  createLimiter(db, `sign-in-${kind}`, { points: Number.MAX_SAFE_INTEGER, duration: DAY_SECONDS });
/** Open for one attempt, then closed for as long as that one requires. */
const doorOf = (db: Database, kind: Trier["kind"]) =>
  createLimiter(db, `sign-in-${kind}-wait`, { points: 1, duration: LAST_WAIT_SECONDS });

const nameOf = (trier: Trier): string => {
  switch (trier.kind) {
    case "stranger":
      return trier.email;
    case "signed-in":
      return trier.sessionId;
    case "known-device":
      return `${trier.device.userId} ${trier.device.tokenHash}`;
  }
};
const keyOf = (trier: Trier): string => hashOf(nameOf(trier));

/** How long the nth try of a day keeps others out. */
const secondsAfter = (tries: number): number =>
  Math.min(LAST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** (tries - TRIES_AT_ONCE));

/** Counts before checking, so that a hundred attempts at once are not ten attempts each. */
const consume = async (db: Database, trier: Trier): Promise<void> => {
  const key = keyOf(trier);
  const tries = triesOf(db, trier.kind);
  const { consumedPoints } = await tries.consume(key);
  if (consumedPoints < TRIES_AT_ONCE) return;
  try {
    await doorOf(db, trier.kind).consume(key, 1, { customDuration: secondsAfter(consumedPoints) });
  } catch (refusal) {
    // Nothing was guessed, so refused attempts do not lengthen the wait.
    await tries.reward(key);
    throw refusal;
  }
};

/** Counts a try before the password is looked at. Returns 0, or the seconds to wait when there were too many. */
export const countSignIn = async (db: Database, trier: Trier): Promise<number> => {
  try {
    if (trier.kind === "stranger" && trier.address !== null) await byAddress(db).consume(hashOf(trier.address));
    await consume(db, trier);
    return 0;
  } catch (refusal) {
    return waitOf(refusal);
  }
};

/**
 * After the right password. A known device starts from zero; another's own attempt is uncounted, but those of others
 * stay: else each sign-in of the owner would grant ten more guesses to them, or to who has taken a session.
 */
export const forgiveSignIn = async (db: Database, trier: Trier): Promise<void> => {
  const key = keyOf(trier);
  if (trier.kind === "known-device") {
    await Promise.all([triesOf(db, trier.kind).delete(key), doorOf(db, trier.kind).delete(key)]);
    return;
  }
  await triesOf(db, trier.kind).reward(key);
  if (trier.kind === "stranger" && trier.address !== null) await byAddress(db).reward(hashOf(trier.address));
};
