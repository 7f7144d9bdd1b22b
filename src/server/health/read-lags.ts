import type { Pulse } from "~/contracts/pulse";
import type { Ports } from "../ports";

/** Figures are marked once an interval; older than so many of them they lag. */
const INTERVALS = 2;

/**
 * By how much market time the newest figures of each running simulated market are behind its clock, where that is more
 * than two intervals of its quickest bot.
 */
export const readLags = ({ db }: Pick<Ports, "db">): Promise<Pulse["lags"]> =>
  db.$queryRaw<Pulse["lags"]>`
    SELECT m.venue_id AS "venueId", t.behind::int AS "behindSeconds" FROM (
      SELECT a.venue_id, min(b.interval_seconds) AS pace, max(c.slot) AS newest
      FROM bots b JOIN accounts a ON a.id = b.account_id
      JOIN venue_clocks k ON k.venue_id = a.venue_id AND k.speed > 0
      CROSS JOIN LATERAL (SELECT slot FROM cycles
        WHERE bot_id = b.id AND status = 'done' ORDER BY slot DESC LIMIT 1) c
      WHERE b.status = 'running' GROUP BY a.venue_id) m
    JOIN venues v ON v.id = m.venue_id AND v.archived_at IS NULL JOIN venue_clocks k ON k.venue_id = v.id
    CROSS JOIN LATERAL (SELECT
      extract(epoch FROM least(venue_time(k, clock_timestamp()), k.high_water) - m.newest) AS behind) t
    WHERE t.behind > ${INTERVALS} * m.pace`;
