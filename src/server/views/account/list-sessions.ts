import type { SessionView } from "~/contracts/account";
import type { Page } from "~/contracts/list-page";
import { describeBrowser } from "../../auth/describe-browser";
import { openAt, type SignedIn } from "../../auth/find-session";
import type { Prisma } from "../../db/prisma";
import { AppError } from "../../errors";
import type { Ports } from "../../ports";
import { DATE_MS_MAX, type PageRequest, type Place, type Sorting } from "../pages/page-cursor";
import { readPage } from "../pages/read-page";

type Row = Pick<SessionView, "id" | "createdAt" | "lastSeenAt"> & { readonly userAgent: string | null };

const SORTING: Sorting = { sort: "sessions", order: "desc", kind: "text" };
const SELECT = { id: true, userAgent: true, createdAt: true, lastSeenAt: true } as const;

/** A session's id is a hash, so a place is named by time and id together. */
const keyOf = ({ lastSeenAt, id }: Row): string => `${lastSeenAt.getTime()}:${id}`;
const KEY = /^(\d{1,14}):([0-9a-f]{64})$/;

const beyond = (place: Place | null): Prisma.SessionWhereInput => {
  if (!place) return {};
  const [, at, id] = KEY.exec(place.key ?? "") ?? [];
  if (at === undefined || id === undefined || Number(at) > DATE_MS_MAX) {
    throw new AppError("invalid", "This cursor names no session: leave it out.");
  }
  const lastSeenAt = new Date(Number(at));
  return place.way === "back"
    ? { OR: [{ lastSeenAt: { gt: lastSeenAt } }, { lastSeenAt, id: { gt: id } }] }
    : { OR: [{ lastSeenAt: { lt: lastSeenAt } }, { lastSeenAt, id: { lt: id } }] };
};

/** A page of the user's sessions that count now: this one first, then the others, last used first. */
export const listSessions = async (
  { db, wallNow }: Pick<Ports, "db" | "wallNow">,
  { userId, sessionId }: Pick<SignedIn, "userId" | "sessionId">,
  request: PageRequest,
): Promise<Page<SessionView>> => {
  const isOpen = openAt(wallNow());
  const toView = ({ userAgent, ...session }: Row): SessionView => ({
    ...session,
    browser: describeBrowser(userAgent),
    isThis: session.id === sessionId,
  });
  const { rows: _rows, ...page } = await readPage<Row, SessionView>(request, {
    sorting: SORTING,
    read: (place, take) => {
      const order = place?.way === "back" ? "asc" : "desc";
      return db.session.findMany({
        where: { AND: [{ userId, id: { not: sessionId } }, isOpen, beyond(place)] },
        orderBy: [{ lastSeenAt: order }, { id: order }],
        take,
        select: SELECT,
      });
    },
    toItem: toView,
    endOf: (row) => ({ key: keyOf(row), id: userId }),
  });
  if (page.previousCursor !== null) return page;
  const own = await db.session.findMany({ where: { id: sessionId, userId, ...isOpen }, select: SELECT });
  return { ...page, items: [...own.map(toView), ...page.items] };
};
