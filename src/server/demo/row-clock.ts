import type pg from "pg";
import { toClockRow, venueTimeAt, type StoredClock } from "../venues/venue-time";

/** A venue's clock as its row says, followed while it changes. */
export type RowClock = { readonly now: () => number; readonly close: () => Promise<void> };

const READ_EVERY_MS = 250;

type Row = StoredClock & { readonly highWater: Date };

/**
 * Market time (ms) by the venue's row. It never runs back and never passes the high water mark: when nothing writes
 * the mark, the market stands still. Throws when the venue has no clock.
 */
export const openRowClock = async (pool: Pick<pg.Pool, "query">, venueId: string): Promise<RowClock> => {
  const read = async (): Promise<Row> => {
    const { rows } = await pool.query<Row>(
      `SELECT anchor_wall AS "anchorWall", anchor_market AS "anchorMarket", speed,
         previous_speed AS "previousSpeed", high_water AS "highWater"
       FROM venue_clocks WHERE venue_id = $1`,
      [venueId],
    );
    if (!rows[0]) throw new Error(`the demo venue ${venueId} has no clock`);
    return rows[0];
  };
  let row = await read();
  let shown = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    // Without the database the last known row counts, up to its high water mark.
    reading = reading.then(async () => void (row = await read())).catch(() => undefined);
  }, READ_EVERY_MS);
  return {
    now: () => {
      const time = Math.min(venueTimeAt(toClockRow(row), Date.now()), row.highWater.getTime());
      shown = Math.max(shown, time);
      return shown;
    },
    close: async () => {
      clearInterval(timer);
      await reading;
    },
  };
};
