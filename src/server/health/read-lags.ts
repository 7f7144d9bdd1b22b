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
    SELECT m.id AS "venueId", m.behind::int AS "behindSeconds" FROM (
      SELECT v.id, min(b.interval_seconds) AS pace,
        extract(epoch FROM least(venue_time(k, clock_timestamp()), k.high_water) - max(c.slot)) AS behind
      FROM venues v JOIN venue_clocks k ON k.venue_id = v.id JOIN accounts a ON a.venue_id = v.id
      JOIN bots b ON b.account_id = a.id AND b.status = 'running'
      CROSS JOIN LATERAL (SELECT slot FROM cycles
        WHERE bot_id = b.id AND status = 'done' ORDER BY slot DESC LIMIT 1) c
      WHERE v.archived_at IS NULL AND k.speed > 0 GROUP BY v.id, k.*) m
    WHERE m.behind > ${INTERVALS} * m.pace`;
