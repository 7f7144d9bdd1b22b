import { appendAudit } from "../audit/append-audit";
import type { Transaction } from "../db/client";
import { inTransaction } from "../db/in-transaction";
import { AppError, TooManyTries } from "../errors";
import type { Ports } from "../ports";
import { auditFailure } from "./audit-failure";
import { openAt, type SignedIn } from "./find-session";
import { countSignIn, forgiveSignIn } from "./limit-sign-in";
import { verifyPassword } from "./password";
import { auditedVisitor, type Visitor } from "./visitor";

type Confirmation = {
  readonly session: Pick<SignedIn, "userId" | "sessionId">;
  readonly password: string;
  readonly visitor: Visitor;
};

const refuse = (): AppError =>
  new AppError("invalid", "The password is not right.", [{ path: "password", message: "is not right" }]);

/** Another password may have been set since this one was looked at, and the session have ended. */
const markConfirmed = async (
  tx: Transaction,
  { userId, sessionId }: Confirmation["session"],
  { passwordHash, at }: { readonly passwordHash: string; readonly at: Date },
): Promise<void> => {
  const same = await tx.$queryRaw<unknown[]>`
    SELECT 1 AS one FROM users WHERE id = ${userId}::uuid AND password_hash = ${passwordHash} FOR SHARE`;
  if (same.length === 0) throw refuse();
  const where = { id: sessionId, userId, ...openAt(at.getTime()) };
  const { count } = await tx.session.updateMany({ where, data: { confirmedAt: at } });
  if (count === 0) throw new AppError("conflict", "This session has ended. Sign in again.");
};

/**
 * Notes that the user of a session has just given the account's password. Throws AppError for a wrong one, TooManyTries
 * for as many guesses from this session as sign-in refuses.
 */
export const confirmPassword = async (
  ports: Pick<Ports, "db" | "wallNow">,
  { session, password, visitor }: Confirmation,
): Promise<void> => {
  const { userId, sessionId } = session;
  const trier = { kind: "signed-in", sessionId } as const;
  const retryAfterSeconds = await countSignIn(ports.db, trier);
  if (retryAfterSeconds > 0) throw new TooManyTries(retryAfterSeconds);
  const { passwordHash } = await ports.db.user.findUniqueOrThrow({ where: { id: userId } });
  if (!(await verifyPassword(passwordHash, password)) || passwordHash === null) {
    await auditFailure(ports, { action: "confirmation-failed", userId, visitor });
    throw refuse();
  }
  const at = new Date(ports.wallNow());
  await inTransaction(ports.db, async (tx) => {
    await markConfirmed(tx, session, { passwordHash, at });
    const [subject, details] = [`user:${userId}`, auditedVisitor(visitor)];
    await appendAudit(tx, { actorId: userId, action: "password-confirmed", subject, details, at });
  });
  await forgiveSignIn(ports.db, trier);
};
