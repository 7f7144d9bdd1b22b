import type { Pulse } from "~/contracts/pulse";
import type { Ports } from "../ports";

/** Figures are marked once an interval; those older than so many intervals lag. */
const INTERVALS = 2;

/**
 * By how much market time the newest figures of the bots of each running simulated market are behind its clock, at most,
 * where that is more than two intervals of the bot. A bot that is paused or halted has no newer ones to wait for.
 */
export const readLags = ({ db }: Pick<Ports, "db">): Promise<Pulse["lags"]> =>
  db.$queryRaw<Pulse["lags"]>`
    SELECT v.id AS "venueId", max(t.behind)::int AS "behindSeconds"
    FROM bots b JOIN accounts a ON a.id = b.account_id
    JOIN venues v ON v.id = a.venue_id AND v.archived_at IS NULL
    JOIN venue_clocks k ON k.venue_id = v.id AND k.speed > 0
    CROSS JOIN LATERAL (SELECT slot FROM cycles
      WHERE bot_id = b.id AND status = 'done' ORDER BY slot DESC LIMIT 1) c
    CROSS JOIN LATERAL (SELECT
      extract(epoch FROM least(venue_time(k, clock_timestamp()), k.high_water) - c.slot) AS behind) t
    WHERE b.status = 'running' AND b.trading_state <> 'halted' AND t.behind > ${INTERVALS} * b.interval_seconds
    GROUP BY v.id`;
