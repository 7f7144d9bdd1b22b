import { PHASE_DELAY_MAX_MS } from "~/trading/cycle/phase-delay";
import type { RawSql } from "../db/raw-sql";

/**
 * Beats for cycles: up to now, or up to when the oldest slot without a holder came due, by its bot's venue clock.
 * A cycle that was set back comes due with its next try; one whose holder died, when its lease ends. Slots of a market
 * that stands still do not count, nor does time before `notBefore` (wall time of the database), when nothing ran them.
 */
export const beatCycles = async ({ db }: { readonly db: RawSql }, notBefore: Date | null): Promise<void> => {
  await db.$executeRaw`
    WITH unended AS (
      SELECT bot_id, slot, retry_at AS free_at FROM cycles WHERE status = 'due' UNION ALL
      SELECT c.bot_id, c.slot, l.expires_at FROM cycles c JOIN bot_leases l ON l.bot_id = c.bot_id
        WHERE c.status = 'running'
    ), owed AS (
      SELECT min(greatest(u.free_at, CASE WHEN k.venue_id IS NULL
          THEN s.slot + ${PHASE_DELAY_MAX_MS / 1000} * interval '1 second'
          -- What came due while the market stood is not owed before it went on.
          ELSE wall_time_of(k, s.slot) END)) AS since
      FROM bots b JOIN accounts a ON a.id = b.account_id JOIN venues v ON v.id = a.venue_id
      LEFT JOIN venue_clocks k ON k.venue_id = v.id LEFT JOIN unended u ON u.bot_id = b.id
      CROSS JOIN LATERAL (SELECT coalesce(u.slot, b.next_due) AS slot) s
      WHERE b.status = 'running' AND v.archived_at IS NULL AND k.speed IS DISTINCT FROM 0
    )
    INSERT INTO process_heartbeats (name, beat_at)
    SELECT 'cycles', CASE WHEN owed.since IS NULL THEN clock_timestamp()
      ELSE least(clock_timestamp(), greatest(owed.since, ${notBefore}::timestamptz)) END FROM owed
    ON CONFLICT (name) DO UPDATE SET beat_at = excluded.beat_at`;
};
