import { MINUTE_MS } from "~/trading/market/duration";
import type { Transaction } from "../db/client";
import { newSessionToken as newToken, sessionIdOf as hashOf } from "./session-token";

/** How long a mailed link counts. */
export const TOKEN_MINUTES = 30;

type Purpose = "verifyEmail" | "resetPassword";
type Issue = { readonly userId: string; readonly purpose: Purpose; readonly at: Date };

/** Makes a token for a mailed link: 256 random bits, stored as their hash only. */
export const issueToken = async (tx: Transaction, { userId, purpose, at }: Issue): Promise<string> => {
  const token = newToken();
  const expiresAt = new Date(at.getTime() + TOKEN_MINUTES * MINUTE_MS);
  await tx.oneTimeToken.create({ data: { tokenHash: hashOf(token), userId, purpose, createdAt: at, expiresAt } });
  return token;
};

type Presented = { readonly token: string; readonly purpose: Purpose; readonly at: Date };

const usable = ({ token, purpose, at }: Presented) => ({
  tokenHash: hashOf(token),
  purpose,
  usedAt: null,
  expiresAt: { gt: at },
});

/** Whose token this is; null: it is not known, used up, too old, for something else, or its user is archived. */
export const findTokenUser = async (tx: Pick<Transaction, "oneTimeToken">, presented: Presented) => {
  const where = { ...usable(presented), user: { archivedAt: null } };
  const found = await tx.oneTimeToken.findFirst({ where, select: { user: { select: { id: true, email: true } } } });
  return found?.user ?? null;
};

/** Uses a token up, and with it the user's others for the same: of many at once, one succeeds. */
export const spendToken = async (tx: Transaction, presented: Presented): Promise<boolean> => {
  const { purpose, at } = presented;
  // Conditions on this row alone, so that PostgreSQL looks at them again after waiting for another's use.
  const spent = await tx.oneTimeToken.updateManyAndReturn({ where: usable(presented), data: { usedAt: at } });
  const [token] = spent;
  if (!token) return false;
  await tx.oneTimeToken.updateMany({ where: { userId: token.userId, purpose, usedAt: null }, data: { usedAt: at } });
  return true;
};
