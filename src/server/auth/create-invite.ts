import { randomBytes } from "node:crypto";
import { DAY_MS } from "~/trading/market/duration";
import { appendAudit } from "../audit/append-audit";
import { inTransaction } from "../db/in-transaction";
import { AppError } from "../errors";
import type { Ports } from "../ports";
import { inviteSubject } from "./revoke-invite";
import { sessionIdOf as hashOf } from "./session-token";

const DAYS_MAX = 90;
/** 128 random bits, so that a plain hash cannot be guessed back. */
const CODE_BYTES = 16;

/**
 * Makes a code that lets one person register within so many days. It is stored nowhere. Throws AppError for other days. `actorId`
 * null: somebody at the machine.
 */
export const createInvite = async (
  { db, wallNow }: Pick<Ports, "db" | "wallNow">,
  { days, actorId }: { readonly days: number; readonly actorId: string | null },
): Promise<{ readonly code: string; readonly expiresAt: Date }> => {
  if (!Number.isInteger(days) || days < 1 || days > DAYS_MAX) {
    throw new AppError("invalid", `An invitation lasts 1 to ${DAYS_MAX} whole days.`);
  }
  const code = randomBytes(CODE_BYTES).toString("base64url");
  const at = new Date(wallNow());
  const expiresAt = new Date(at.getTime() + days * DAY_MS);
  await inTransaction(db, async (tx) => {
    const { codeHash } = await tx.invite.create({ data: { codeHash: hashOf(code), createdAt: at, expiresAt } });
    await appendAudit(tx, {
      actorId,
      action: "invite-created",
      subject: inviteSubject(codeHash),
      details: { days },
      at,
    });
  });
  return { code, expiresAt };
};
