import { appendAudit } from "../audit/append-audit";
import { inTransaction } from "../db/in-transaction";
import type { Ports } from "../ports";
import type { Mail } from "../ports/mail-sender";
import { countTry } from "./limit-tries";
import { resetMail } from "./mails";
import { issueToken } from "./one-time-token";
import { auditedVisitor, type Visitor } from "./visitor";

type ResetPorts = Pick<Ports, "db" | "wallNow" | "mail" | "site">;
type Asked = { readonly email: string; readonly visitor: Visitor };

const compose = async ({ db, wallNow, site }: ResetPorts, { email, visitor }: Asked): Promise<Mail | null> => {
  const user = await db.user.findFirst({ where: { email, archivedAt: null }, select: { id: true } });
  if (!user) return null;
  const at = new Date(wallNow());
  const token = await inTransaction(db, async (tx) => {
    const issued = await issueToken(tx, { userId: user.id, purpose: "resetPassword", at });
    const [subject, details] = [`user:${user.id}`, auditedVisitor(visitor)];
    await appendAudit(tx, { actorId: null, action: "reset-mailed", subject, details, at });
    return issued;
  });
  return resetMail(site, email, token);
};

/**
 * Mails a link to choose a new password to this address, if it has an account. Whether it has is looked up after the
 * answer, so that nothing about the answer tells. Throws TooManyTries beyond the limit.
 */
export const requestReset = async (ports: ResetPorts, asked: Asked): Promise<void> => {
  const { email, visitor } = asked;
  await countTry(ports.db, { what: "request-reset", account: email, address: visitor.address });
  ports.mail.post(() => compose(ports, asked));
};
