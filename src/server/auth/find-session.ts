import { HOUR_MS } from "~/trading/market/duration";
import type { Ports } from "../ports";
import { sessionIdOf } from "./session-token";

/** Who a request comes from. The role is the database's of this moment, never the cookie's. */
export type SignedIn = {
  readonly sessionId: string;
  readonly userId: string;
  readonly email: string;
  readonly role: "trader" | "admin";
  /** Whether mail to the address is known to arrive. */
  readonly isVerified: boolean;
  /** When this session's user last proved by the password who it is; null: unknown. Wall time. */
  readonly confirmedAt: Date | null;
};

/** A session that nobody used for twelve hours has ended. */
const IDLE_MS = 12 * HOUR_MS;
/** How exact `lastSeenAt` is: not every request writes. */
const SEEN_EVERY_MS = 60_000;

/** The conditions on a session itself under which it counts, at a wall time in ms. */
export const openAt = (now: number) => ({
  revokedAt: null,
  expiresAt: { gt: new Date(now) },
  lastSeenAt: { gt: new Date(now - IDLE_MS) },
});

/** The same, and its user is not archived. */
const currentSessions = (now: number) => ({ ...openAt(now), user: { archivedAt: null } });

/** The session of a cookie's token and its user; null when it is unknown, revoked, expired, idle, or its user archived. */
export const findSession = async (ports: Pick<Ports, "db" | "wallNow">, token: string): Promise<SignedIn | null> => {
  const now = ports.wallNow();
  const session = await ports.db.session.findFirst({
    where: { id: sessionIdOf(token), ...currentSessions(now) },
    select: {
      id: true,
      userId: true,
      lastSeenAt: true,
      confirmedAt: true,
      user: { select: { email: true, role: true, emailVerifiedAt: true } },
    },
  });
  if (!session) return null;
  if (session.lastSeenAt.getTime() < now - SEEN_EVERY_MS) {
    await ports.db.session.updateMany({ where: { id: session.id }, data: { lastSeenAt: new Date(now) } });
  }
  const { emailVerifiedAt, ...user } = session.user;
  const { id: sessionId, userId, confirmedAt } = session;
  return { sessionId, userId, ...user, isVerified: emailVerifiedAt !== null, confirmedAt };
};

/** Whether a session found before still counts; unlike a request, this check does not count as use. */
export const isSessionCurrent = async (ports: Pick<Ports, "db" | "wallNow">, sessionId: string): Promise<boolean> =>
  (await ports.db.session.count({ where: { id: sessionId, ...currentSessions(ports.wallNow()) } })) === 1;
