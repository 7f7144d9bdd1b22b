import type { Database } from "../db/client";
import { retryConflicts } from "../db/in-transaction";
import { Prisma } from "../db/prisma";
import { tellLiveOf } from "../live/tell-live";
import { takenParts } from "./lock-page";
import { lookedAt, type PageOutcome } from "./page-outcome";
import { recordParts, toldOf } from "./page-records";

const ADVANCED = Prisma.sql`SELECT id FROM advanced`;

/**
 * Writes a page of looks as one statement, which is a transaction by itself. Returns the ids of the bots that it
 * accounted for: one that another has locked, or that changed since it was read, is left out whole.
 */
export const writePage = async (db: Database, page: PageOutcome): Promise<ReadonlySet<string>> => {
  if (lookedAt(page).length === 0) return new Set();
  const rows = await retryConflicts(
    () => db.$queryRaw<{ botId: string }[]>`
      WITH ${takenParts(page)}, ${recordParts(page)}, told AS (${tellLiveOf(ADVANCED, toldOf(page))})
      SELECT id AS "botId", (SELECT count(told) FROM told) AS told FROM advanced`,
  );
  return new Set(rows.map(({ botId }) => botId));
};
