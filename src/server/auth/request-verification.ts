import { appendAudit } from "../audit/append-audit";
import { inTransaction } from "../db/in-transaction";
import type { Ports } from "../ports";
import type { Mail } from "../ports/mail-sender";
import type { SignedIn } from "./find-session";
import { countTry } from "./limit-tries";
import { verificationMail } from "./mails";
import { issueToken } from "./one-time-token";
import type { Visitor } from "./visitor";

type VerificationPorts = Pick<Ports, "db" | "wallNow" | "mail" | "site">;

const compose = async ({ db, wallNow, site }: VerificationPorts, userId: string): Promise<Mail | null> => {
  const user = await db.user.findFirst({ where: { id: userId, archivedAt: null, emailVerifiedAt: null } });
  if (!user) return null;
  const at = new Date(wallNow());
  const token = await inTransaction(db, async (tx) => {
    const issued = await issueToken(tx, { userId, purpose: "verifyEmail", at });
    const subject = `user:${userId}`;
    await appendAudit(tx, { actorId: userId, action: "verification-mailed", subject, details: {}, at });
    return issued;
  });
  return verificationMail(site, user.email, token);
};

/** Mails a link that confirms the user's address, unless it is confirmed. */
export const mailVerification = (ports: VerificationPorts, userId: string): void =>
  ports.mail.post(() => compose(ports, userId));

/** The same when the user asks for it. Throws TooManyTries beyond the limit. */
export const requestVerification = async (
  ports: VerificationPorts,
  { userId }: Pick<SignedIn, "userId">,
  { address }: Visitor,
): Promise<void> => {
  await countTry(ports.db, { what: "request-verification", account: userId, address });
  mailVerification(ports, userId);
};
