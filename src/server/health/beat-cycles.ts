import { PHASE_DELAY_MAX_MS } from "~/trading/cycle/phase-delay";
import type { RawSql } from "../db/raw-sql";

/** Of more cycles than these, the first tell how late all are. */
const WAITING_MAX = 500;

/**
 * Beats for cycles: up to now, or up to when the oldest slot without a holder came due, by its bot's venue clock.
 * A cycle that was set back comes due with its next try; one whose holder died, when its lease ends. Slots of a market
 * that stands still do not count, nor does time before `notBefore` (wall time of the database), when nothing ran them.
 * It runs all the time, so it reads the first of each kind, never every bot.
 */
export const beatCycles = async ({ db }: { readonly db: RawSql }, notBefore: Date | null): Promise<void> => {
  await db.$executeRaw`
    WITH open AS (
      -- What nobody looked at yet.
      SELECT venue_id, next_due AS slot, NULL::timestamptz AS free_at FROM next_looks UNION ALL
      -- What waits for its run, or for its next try.
      SELECT b.venue_id, w.slot, w.retry_at FROM (
        (SELECT bot_id, slot, retry_at FROM cycles WHERE status = 'due' AND retry_at IS NULL
          ORDER BY slot LIMIT ${WAITING_MAX}) UNION ALL
        (SELECT bot_id, slot, retry_at FROM cycles WHERE status = 'due' AND retry_at IS NOT NULL
          ORDER BY retry_at LIMIT ${WAITING_MAX})) w JOIN bots b ON b.id = w.bot_id WHERE b.status IN ('running', 'paused') UNION ALL
      -- Runs are no more than the runner makes at a time.
      SELECT b.venue_id, c.slot, l.expires_at FROM cycles c JOIN bots b ON b.id = c.bot_id
        JOIN bot_leases l ON l.bot_id = c.bot_id WHERE c.status = 'running' AND b.status IN ('running', 'paused')
    ), owed AS (
      SELECT min(greatest(o.free_at, CASE WHEN k.venue_id IS NULL
          THEN o.slot + ${PHASE_DELAY_MAX_MS / 1000} * interval '1 second'
          -- What came due while the market stood is not owed before it went on.
          ELSE wall_time_of(k, o.slot) END)) AS since
      FROM open o JOIN venues v ON v.id = o.venue_id LEFT JOIN venue_clocks k ON k.venue_id = v.id
      WHERE v.archived_at IS NULL AND k.speed IS DISTINCT FROM 0
    )
    INSERT INTO process_heartbeats (name, beat_at)
    SELECT 'cycles', CASE WHEN owed.since IS NULL THEN clock_timestamp()
      ELSE least(clock_timestamp(), greatest(owed.since, ${notBefore}::timestamptz)) END FROM owed
    ON CONFLICT (name) DO UPDATE SET beat_at = excluded.beat_at`;
};
