import type { Database } from "../db/client";
import { Prisma } from "../db/prisma";
import type { OwnBotId } from "../tenant/own-id";

/** SQL: whether intent `i`, of which `f` is a fill, enlarged a position that an earlier decision had opened. */
export const IS_ADDITION = Prisma.sql`(i.purpose = 'entry' AND EXISTS (SELECT FROM fills e JOIN orders q ON q.id = e.order_id
  JOIN order_intents j ON j.id = q.intent_id
  WHERE e.position_id = f.position_id AND j.purpose = 'entry' AND j.intended_at < i.intended_at))`;

/** SQL: the fill that was booked last of the position of fill `f`: of a closed one, the one that ended it. */
export const LAST_FILL = Prisma.sql`(SELECT e.fill_id FROM ledger_entries e
  WHERE e.position_id = f.position_id AND e.fill_id IS NOT NULL ORDER BY e.id DESC LIMIT 1)`;

type Intent = { readonly id: string; readonly purpose: string };

type Intents = { readonly botId: OwnBotId; readonly intents: readonly Intent[] };

/** The ids of those entries of a bot that enlarged a position. One that was not filled opened and enlarged none. */
export const findAdditions = async (db: Database, { botId, intents }: Intents): Promise<ReadonlySet<string>> => {
  const entries = intents.filter(({ purpose }) => purpose === "entry").map(({ id }) => id);
  if (entries.length === 0) return new Set();
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT i.id FROM order_intents i JOIN orders o ON o.intent_id = i.id JOIN fills f ON f.order_id = o.id
    WHERE i.id = ANY(${entries}::uuid[]) AND i.bot_id = ${botId}::uuid AND ${IS_ADDITION}`;
  return new Set(rows.map(({ id }) => id));
};
