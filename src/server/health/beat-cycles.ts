import type { Ports } from "../ports";

/**
 * Beats for cycles: up to now, or up to when the oldest slot came due that has not ended, by the clock of its bot's
 * venue. A standing market owes nothing, and nothing is owed from before `notBefore` (wall time of the database), when
 * nobody was there to run it.
 */
export const beatCycles = async ({ db }: Pick<Ports, "db">, notBefore: Date | null): Promise<void> => {
  await db.$executeRaw`
    WITH unended AS (
      SELECT bot_id, min(slot) AS slot FROM (
        SELECT bot_id, slot FROM cycles WHERE status = 'due' UNION ALL
        SELECT bot_id, slot FROM cycles WHERE status = 'running') c GROUP BY bot_id
    ), owed AS (
      SELECT min(CASE WHEN k.venue_id IS NULL THEN s.slot
        ELSE k.anchor_wall + (s.slot - k.anchor_market) / k.speed END) AS since
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
