import { InvariantError } from "~/trading/invariant";
import { logHiddenFailure } from "../cycle/describe-failure";
import type { Database } from "../db/client";
import { retryConflicts } from "../db/in-transaction";
import { Prisma } from "../db/prisma";
import { tellLiveOf } from "../live/tell-live";
import { takenParts } from "./lock-page";
import { lookedAt, type Outcomes, type PageOutcome } from "./page-outcome";
import { recordParts, toldOf } from "./page-records";

const ADVANCED = Prisma.sql`SELECT id FROM advanced`;

const NOTHING: Outcomes = { covered: [], planned: [], stale: [], accounted: [] };

const keepOnly = ({ covered, planned, stale, accounted }: Outcomes, ids: ReadonlySet<string>): Outcomes => {
  const isOne = ({ bot }: { readonly bot: { readonly botId: string } }): boolean => ids.has(bot.botId);
  return {
    covered: covered.filter(isOne),
    planned: planned.filter(isOne),
    stale: stale.filter(isOne),
    accounted: accounted.filter(isOne),
  };
};

const writeWhole = async (db: Database, page: PageOutcome): Promise<Outcomes> => {
  const rows = await retryConflicts(
    () => db.$queryRaw<{ botId: string }[]>`
      WITH ${takenParts(page)}, ${recordParts(page)}, told AS (${tellLiveOf(ADVANCED, toldOf(page))})
      SELECT id AS "botId", (SELECT count(told) FROM told) AS told FROM advanced`,
  );
  return keepOnly(page, new Set(rows.map(({ botId }) => botId)));
};

/** A value or a row of a bot that may not be, where the page and the database are well: 22 data, 23 integrity. */
const isRefused = (error: unknown): boolean =>
  error instanceof InvariantError ||
  (error instanceof Error && "meta" in error && /"2[23][0-9A-Z]{3}"/.test(JSON.stringify(error.meta)));

/** PostgreSQL tells of an error before it frees what the statement had locked. */
const waitForLocks = async (db: Database, botIds: readonly string[]): Promise<void> => {
  await db.$queryRaw`
    SELECT 1 FROM bot_leases WHERE bot_id = ANY(${[...botIds]}::uuid[]) ORDER BY bot_id FOR KEY SHARE`;
};

const writeHalves = async (db: Database, page: PageOutcome): Promise<Outcomes> => {
  const ids = lookedAt(page).map(({ botId }) => botId);
  const middle = Math.ceil(ids.length / 2);
  const first = await writePage(db, { ...page, ...keepOnly(page, new Set(ids.slice(0, middle))) });
  const second = await writePage(db, { ...page, ...keepOnly(page, new Set(ids.slice(middle))) });
  return {
    covered: [...first.covered, ...second.covered],
    planned: [...first.planned, ...second.planned],
    stale: [...first.stale, ...second.stale],
    accounted: [...first.accounted, ...second.accounted],
  };
};

/**
 * Writes a page of looks as one statement, which is a transaction by itself, and answers what it wrote: a bot that
 * another has locked, or that changed since it was read, is left out whole. A bot that cannot be written must not keep
 * all others of its page from their slots, nor those of later pages: it is found by halves and left to its own run, or,
 * where not even that can be planned, to the next look.
 */
export const writePage = async (db: Database, page: PageOutcome): Promise<Outcomes> => {
  const botIds = lookedAt(page).map(({ botId }) => botId);
  if (botIds.length === 0) return page;
  try {
    return await writeWhole(db, page);
  } catch (error) {
    if (!isRefused(error)) throw error;
    await waitForLocks(db, botIds);
    if (botIds.length > 1) return writeHalves(db, page);
    logHiddenFailure("look", error);
    return page.covered.length === 0 ? NOTHING : writePage(db, { ...page, covered: [], planned: page.covered });
  }
};
