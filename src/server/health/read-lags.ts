import type { Pulse } from "~/contracts/pulse";
import type { Ports } from "../ports";

/** Figures are marked once an interval; those older than so many intervals lag. */
const INTERVALS = 2;

/** Of bots that nobody looked at, those that wait longest tell how far all are behind. */
const UNSEEN_MAX = 50;

/**
 * By how much market time the newest figures of the bots of each running simulated market are behind its clock, at most,
 * where that is more than two intervals of the bot. A bot that is stopped or halted has no newer ones to wait for. Asked
 * every second: it reads only bots whose slot before the newest was not looked at, or brought no figures.
 */
export const readLags = ({ db }: Pick<Ports, "db">): Promise<Pulse["lags"]> =>
  db.$queryRaw<Pulse["lags"]>`
    WITH groups AS MATERIALIZED (
      SELECT n.venue_id, n.interval_seconds, n.interval_seconds * interval '1 second' AS step,
        least(venue_time(k, clock_timestamp()), k.high_water) AS now
      FROM next_looks n JOIN venues v ON v.id = n.venue_id AND v.archived_at IS NULL
      JOIN venue_clocks k ON k.venue_id = v.id AND k.speed > 0
    ), spans AS (
      SELECT venue_id, now - ${INTERVALS} * max(step) AS since, now - min(step) AS until FROM groups GROUP BY venue_id, now
    ), late AS (
      SELECT b.id FROM groups g CROSS JOIN LATERAL (SELECT b.id FROM bots b
        WHERE b.venue_id = g.venue_id AND b.status IN ('running', 'paused') AND b.interval_seconds = g.interval_seconds
          AND b.next_due <= g.now - g.step ORDER BY b.next_due LIMIT ${UNSEEN_MAX}) b
      -- OFFSET 0: the span is looked up in the index, whatever the planner believes of its rows.
      UNION SELECT c.bot_id FROM spans s CROSS JOIN LATERAL (SELECT bot_id FROM cycles WHERE status <> 'done'
        AND coalesce(missed_through, slot) > s.since AND coalesce(missed_through, slot) <= s.until OFFSET 0) c
    )
    SELECT b.venue_id AS "venueId", max(t.behind)::int AS "behindSeconds"
    FROM late JOIN bots b ON b.id = late.id
    JOIN groups g ON g.venue_id = b.venue_id AND g.interval_seconds = b.interval_seconds
    CROSS JOIN LATERAL (SELECT slot FROM cycles
      WHERE bot_id = b.id AND status = 'done' ORDER BY slot DESC LIMIT 1) c
    CROSS JOIN LATERAL (SELECT extract(epoch FROM g.now - c.slot) AS behind) t
    WHERE b.status IN ('running', 'paused') AND b.trading_state <> 'halted' AND t.behind > ${INTERVALS} * b.interval_seconds
    GROUP BY b.venue_id`;
