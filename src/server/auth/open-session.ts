import type { Transaction } from "../db/client";
import type { Ports } from "../ports";
import { newSessionToken, sessionIdOf } from "./session-token";

/** A session ends after seven days, however busy. */
export const SESSION_SECONDS = 7 * 86_400;
const USER_AGENT_MAX = 256;

/** Opens a session for a user who has proved who it is. Returns the token for the cookie, which is stored nowhere. */
export const openSession = async (
  ports: Pick<Ports, "wallNow"> & { readonly db: Pick<Transaction, "session"> },
  { userId, userAgent }: { readonly userId: string; readonly userAgent: string | null },
): Promise<string> => {
  const token = newSessionToken();
  const now = ports.wallNow();
  await ports.db.session.create({
    data: {
      id: sessionIdOf(token),
      userId,
      createdAt: new Date(now),
      lastSeenAt: new Date(now),
      confirmedAt: new Date(now),
      expiresAt: new Date(now + SESSION_SECONDS * 1000),
      userAgent: userAgent === null ? null : Array.from(userAgent).slice(0, USER_AGENT_MAX).join(""),
    },
  });
  return token;
};
