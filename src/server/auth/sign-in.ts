import type { z } from "zod";
import { credentialsSchema } from "~/contracts/credentials";
import { appendAudit } from "../audit/append-audit";
import { inTransaction } from "../db/in-transaction";
import type { Ports } from "../ports";
import { auditFailure } from "./audit-failure";
import { findKnownDevice, keepDevice, rememberDevice } from "./known-device";
import { countSignIn, forgiveSignIn, type Trier } from "./limit-sign-in";
import { openSession } from "./open-session";
import { verifyPassword } from "./password";
import { auditedVisitor, type Visitor } from "./visitor";

type Credentials = z.infer<typeof credentialsSchema>;
type SignInPorts = Pick<Ports, "db" | "wallNow">;

export type SignInAttempt = Visitor & {
  /** As the form sent it. */
  readonly credentials: unknown;
};

/**
 * `token` is for the session's cookie, `deviceToken` for the device's; null: it has one already. A refusal does not say
 * whether there is such a user.
 */
export type SignInOutcome =
  | { readonly outcome: "signed-in"; readonly token: string; readonly deviceToken: string | null }
  | { readonly outcome: "refused" }
  | { readonly outcome: "too-many-attempts"; readonly retryAfterSeconds: number };

/** The user with this e-mail, and the hash that the password is behind; null: none. Takes as long for an unknown e-mail. */
const findUser = async ({ db }: Pick<Ports, "db">, { email, password }: Credentials) => {
  const user = await db.user.findFirst({
    where: { email, archivedAt: null },
    select: { id: true, passwordHash: true },
  });
  const isRight = await verifyPassword(user?.passwordHash ?? null, password);
  return { userId: user?.id ?? null, passwordHash: isRight ? (user?.passwordHash ?? null) : null };
};

type Proven = { readonly userId: string; readonly passwordHash: string; readonly visitor: Visitor };

/** Null: since the password was looked at it was changed, or the user was blocked, and sessions have ended. */
const openAudited = ({ db, wallNow }: SignInPorts, { userId, passwordHash, visitor }: Proven): Promise<string | null> =>
  inTransaction(db, async (tx) => {
    const same = await tx.$queryRaw<unknown[]>`
      SELECT 1 AS one FROM users WHERE id = ${userId}::uuid AND password_hash = ${passwordHash}
        AND archived_at IS NULL FOR SHARE`;
    if (same.length === 0) return null;
    const token = await openSession({ db: tx, wallNow }, { userId, userAgent: visitor.userAgent });
    const [details, at] = [auditedVisitor(visitor), new Date(wallNow())];
    await appendAudit(tx, { actorId: userId, action: "sign-in", subject: `user:${userId}`, details, at });
    return token;
  });

/** Signs a user in by e-mail and password; each sign-in opens its own session. */
export const signIn = async (
  ports: SignInPorts,
  { credentials, deviceToken = null, ...visitor }: SignInAttempt,
): Promise<SignInOutcome> => {
  const parsed = credentialsSchema.safeParse(credentials);
  if (!parsed.success) return { outcome: "refused" };
  const { email } = parsed.data;
  const device = await findKnownDevice(ports, { email, token: deviceToken });
  const { address } = visitor;
  const trier: Trier = device ? { kind: "known-device", device } : { kind: "stranger", email, address };
  const retryAfterSeconds = await countSignIn(ports.db, trier);
  if (retryAfterSeconds > 0) return { outcome: "too-many-attempts", retryAfterSeconds };
  const { userId, passwordHash } = await findUser(ports, parsed.data);
  if (userId === null || passwordHash === null) {
    await auditFailure(ports, { action: "sign-in-failed", userId, visitor });
    return { outcome: "refused" };
  }
  const token = await openAudited(ports, { userId, passwordHash, visitor });
  if (token === null) return { outcome: "refused" };
  await forgiveSignIn(ports.db, trier);
  const newDevice = device ? await keepDevice(ports, device) : await rememberDevice(ports, userId);
  return { outcome: "signed-in", token, deviceToken: newDevice };
};
