import type { RawSql } from "../db/raw-sql";
import { judgeBeats, type Beat, type BeatName, type Beats, type Stopped } from "./judge-beats";

/**
 * Signs of life of everything that beats, whether a demo market is in use, and, where nothing has ever run the bots,
 * since when the first of them waits for it.
 */
export type Vitals = { readonly beats: Beats; readonly hasDemo: boolean; readonly awaited: Beat | null };

type Use = { readonly hasDemo: boolean; readonly awaitedAt: Date | null; readonly awaitedSeconds: number };
type Row = Use & { readonly name: BeatName; readonly beatAt: Date; readonly ageSeconds: number };

/** All in one look. Ages are by the database's clock, which all processes share. */
export const readVitals = async ({ db }: { readonly db: RawSql }): Promise<Vitals> => {
  const rows = await db.$queryRaw<(Row | (Use & { readonly name: null }))[]>`
    WITH demo AS (
      SELECT EXISTS (SELECT FROM venues WHERE kind = 'demo' AND archived_at IS NULL) AS is_used
    ), nobody AS (
      SELECT NOT EXISTS (SELECT FROM process_heartbeats WHERE name IN ('runner', 'functions')) AS ran
    ), first_bot AS (
      SELECT CASE WHEN nobody.ran THEN (
        SELECT min(b.created_at) FROM bots b JOIN accounts a ON a.id = b.account_id
        JOIN venues v ON v.id = a.venue_id WHERE b.status IN ('running', 'paused') AND v.archived_at IS NULL) END AS awaited_at
      FROM nobody
    )
    SELECT h.name, h.beat_at AS "beatAt", extract(epoch FROM clock_timestamp() - h.beat_at)::float8 AS "ageSeconds",
      demo.is_used AS "hasDemo", first_bot.awaited_at AS "awaitedAt",
      extract(epoch FROM clock_timestamp() - first_bot.awaited_at)::float8 AS "awaitedSeconds"
    FROM demo CROSS JOIN first_bot LEFT JOIN process_heartbeats h ON true`;
  const found = rows.flatMap((row): [BeatName, Beat][] =>
    row.name === null ? [] : [[row.name, { beatAt: row.beatAt, ageSeconds: row.ageSeconds }]],
  );
  const [use] = rows;
  const awaited = use?.awaitedAt ? { beatAt: use.awaitedAt, ageSeconds: use.awaitedSeconds } : null;
  return { beats: Object.fromEntries(found), hasDemo: use?.hasDemo ?? false, awaited };
};

const noSooner = ({ beatAt, ageSeconds }: Beat, notBefore: Date): Beat => {
  const later = Math.max(0, notBefore.getTime() - beatAt.getTime());
  return { beatAt: new Date(beatAt.getTime() + later), ageSeconds: ageSeconds - later / 1000 };
};

/**
 * What has stopped now. Bots count as waiting for the executor from `notBefore` on: before, none was started. Throws
 * when the database does not answer.
 */
export const readStopped = async (
  ports: { readonly db: RawSql },
  notBefore: Date | null = null,
): Promise<Stopped[]> => {
  const { beats, hasDemo, awaited } = await readVitals(ports);
  return judgeBeats(beats, { hasDemo, awaited: awaited && notBefore ? noSooner(awaited, notBefore) : awaited });
};
