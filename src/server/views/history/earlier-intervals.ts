import type { EarlierInterval } from "~/trading/performance/find-equity-gaps";
import type { RawSql } from "../../db/raw-sql";

type Versioned = { readonly id: string; readonly settingsVersion: number };

/** The intervals that bots had before their present ones, the oldest first; nothing is asked of bots never edited. */
export const loadEarlierIntervals = async (
  db: RawSql,
  bots: readonly Versioned[],
): Promise<(botId: string) => EarlierInterval[]> => {
  const edited = bots.filter(({ settingsVersion }) => settingsVersion > 1).map(({ id }) => id);
  if (edited.length === 0) return () => [];
  const rows = await db.$queryRaw<(EarlierInterval & { readonly botId: string })[]>`
    SELECT s.bot_id AS "botId", extract(epoch FROM n.in_force_from)::float8 AS until,
      (s.settings ->> 'intervalSeconds')::int AS "intervalSeconds"
    FROM bot_settings s JOIN bot_settings n ON n.bot_id = s.bot_id AND n.version = s.version + 1
    WHERE s.bot_id = ANY(${edited}::uuid[]) AND n.in_force_from IS NOT NULL AND s.settings ? 'intervalSeconds'
    ORDER BY s.bot_id, s.version`;
  return (id) => rows.filter(({ botId }) => botId === id);
};
