import type { Page } from "~/contracts/list-page";
import type { PersonRow } from "~/contracts/people";
import { openAt } from "../../auth/find-session";
import { Prisma } from "../../db/prisma";
import type { Ports } from "../../ports";
import { byKey } from "../pages/keyset";
import type { PageRequest, Place, Sorting } from "../pages/page-cursor";
import { readPage } from "../pages/read-page";

type Row = Omit<PersonRow, "sessions">;

const SORTING: Sorting = { sort: "people", order: "desc", kind: "instant" };
const COLUMNS = { key: Prisma.sql`u.created_at`, id: Prisma.sql`u.id` };

type Asked = { readonly text: string; readonly place: Place | null; readonly limit: number };

const readRows = async ({ db }: Pick<Ports, "db">, { text, place, limit }: Asked): Promise<Row[]> => {
  const { where, orderBy } = byKey(SORTING, COLUMNS, place);
  const named = text === "" ? Prisma.sql`true` : Prisma.sql`strpos(lower(u.email), lower(${text})) > 0`;
  return db.$queryRaw<Row[]>`
    SELECT u.id, u.email, u.role::text AS role, u.email_verified_at IS NOT NULL AS "isVerified",
      u.created_at AS "createdAt", u.archived_at AS "blockedAt",
      (SELECT max(s.last_seen_at) FROM sessions s WHERE s.user_id = u.id) AS "lastSeenAt",
      (SELECT count(*)::int FROM bots b WHERE b.user_id = u.id AND b.status <> 'archived') AS bots
    FROM users u WHERE ${where} AND ${named} ORDER BY ${orderBy} LIMIT ${limit}`;
};

/** All users, or those whose address has this text, the newest first. Throws AppError for a strange cursor. */
export const listPeople = async (
  ports: Pick<Ports, "db" | "wallNow">,
  { text = "", ...request }: PageRequest & { readonly text?: string },
): Promise<Page<PersonRow>> => {
  const { items, nextCursor, previousCursor } = await readPage(request, {
    sorting: SORTING,
    read: (place, limit) => readRows(ports, { text, place, limit }),
    toItem: (row: Row) => row,
    endOf: ({ createdAt, id }) => ({ key: String(createdAt.getTime()), id }),
  });
  const counts = await ports.db.session.groupBy({
    by: ["userId"],
    where: { userId: { in: items.map(({ id }) => id) }, ...openAt(ports.wallNow()) },
    _count: true,
  });
  const sessionsOf = new Map(counts.map(({ userId, _count }) => [userId, _count]));
  const people = items.map((row) => ({ ...row, sessions: sessionsOf.get(row.id) ?? 0 }));
  return { items: people, nextCursor, previousCursor };
};
