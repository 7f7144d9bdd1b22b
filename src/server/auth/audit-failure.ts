import { appendAudit } from "../audit/append-audit";
import type { Database } from "../db/client";
import { inTransaction } from "../db/in-transaction";
import type { Ports } from "../ports";
import { createLimiter, waitOf } from "./rate-limiter";
import { auditedVisitor, type Visitor } from "./visitor";

/** Names that nobody has can be made up without end, and the audit is kept for ever: so many failures an hour. */
const FAILURES_PER_HOUR = 1000;
const HOUR = 60 * 60;

const isWithinHour = async (db: Database): Promise<boolean> => {
  try {
    await createLimiter(db, "audit-failures", { points: FAILURES_PER_HOUR, duration: HOUR }).consume("all");
    return true;
  } catch (refusal) {
    waitOf(refusal);
    return false;
  }
};

type Failure = {
  readonly action: "sign-in-failed" | "password-change-failed" | "confirmation-failed";
  /** Whose account it was tried with; null: nobody's. */
  readonly userId: string | null;
  readonly visitor: Visitor;
};

/**
 * Adds to the audit that somebody did not prove who it is: of an unknown e-mail too, so that it takes as long, but
 * without the e-mail, which may be a password in the wrong field.
 */
export const auditFailure = async (
  { db, wallNow }: Pick<Ports, "db" | "wallNow">,
  { action, userId, visitor }: Failure,
): Promise<void> => {
  const isCounted = await isWithinHour(db);
  // Guesses at one account are few, by the limits of its tries.
  if (!isCounted && userId === null) return;
  const subject = userId === null ? "nobody" : `user:${userId}`;
  const [details, at] = [auditedVisitor(visitor), new Date(wallNow())];
  await inTransaction(db, (tx) => appendAudit(tx, { actorId: null, action, subject, details, at }));
};
