import type { EarlierInterval } from "~/trading/performance/find-equity-gaps";
import type { RawSql } from "../../db/raw-sql";

type Versioned = { readonly id: string; readonly settingsVersion: number };

/**
 * The intervals that a user's bots had before their present ones, the oldest first; nothing is asked of bots never edited. A later
 * version may be in force before one that waits for its slot: then that one never was.
 */
export const loadEarlierIntervals = async (
  db: RawSql,
  { userId, bots }: { readonly userId: string; readonly bots: readonly Versioned[] },
): Promise<(botId: string) => EarlierInterval[]> => {
  const edited = bots.filter(({ settingsVersion }) => settingsVersion > 1).map(({ id }) => id);
  if (edited.length === 0) return () => [];
  const rows = await db.$queryRaw<(EarlierInterval & { readonly botId: string })[]>`
    SELECT s.bot_id AS "botId", extract(epoch FROM n.since)::float8 AS until,
      (s.settings ->> 'intervalSeconds')::int AS "intervalSeconds"
    FROM bot_settings s CROSS JOIN LATERAL (SELECT min(in_force_from) AS since FROM bot_settings later
      WHERE later.bot_id = s.bot_id AND later.version > s.version) n
    JOIN bots b ON b.id = s.bot_id AND b.user_id = ${userId}::uuid
    WHERE s.bot_id = ANY(${edited}::uuid[]) AND n.since IS NOT NULL AND s.settings ? 'intervalSeconds'
    ORDER BY s.bot_id, s.version`;
  return (id) => rows.filter(({ botId }) => botId === id);
};
