import type { Copies } from "~/contracts/new-bot";
import type { Database } from "../../db/client";
import { Prisma } from "../../db/prisma";

const SHOWN_MAX = 20;

/** The newest of a user's bots that a new one may be a copy of, by a part of their names in any case. */
export const findCopies = async (
  db: Pick<Database, "$queryRaw">,
  { userId, text }: { readonly userId: string; readonly text: string },
): Promise<Copies> => {
  const named = text === "" ? Prisma.sql`true` : Prisma.sql`strpos(lower(name), lower(${text})) > 0`;
  const bots = await db.$queryRaw<Copies["bots"]>`
    SELECT id, name FROM bots WHERE user_id = ${userId}::uuid AND status <> 'archived' AND ${named}
    ORDER BY created_at DESC, id LIMIT ${SHOWN_MAX + 1}`;
  return { bots: bots.slice(0, SHOWN_MAX), hasMore: bots.length > SHOWN_MAX };
};
