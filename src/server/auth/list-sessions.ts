import type { SessionView } from "~/contracts/account";
import type { Ports } from "../ports";
import { describeBrowser } from "./describe-browser";
import { openAt, type SignedIn } from "./find-session";

const LISTED_MAX = 100;

/** The user's sessions that count now, this one first, then by when they were last used. */
export const listSessions = async (
  { db, wallNow }: Pick<Ports, "db" | "wallNow">,
  { userId, sessionId }: Pick<SignedIn, "userId" | "sessionId">,
): Promise<SessionView[]> => {
  const sessions = await db.session.findMany({
    where: { userId, ...openAt(wallNow()) },
    orderBy: { lastSeenAt: "desc" },
    take: LISTED_MAX,
    select: { id: true, userAgent: true, createdAt: true, lastSeenAt: true },
  });
  const views = sessions.map(({ userAgent, ...session }) => ({
    ...session,
    browser: describeBrowser(userAgent),
    isThis: session.id === sessionId,
  }));
  return views.toSorted((one, other) => Number(other.isThis) - Number(one.isThis));
};
