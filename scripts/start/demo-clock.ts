import pg from "pg";

export type DemoClock = {
  /** Stops writing. `release`: nobody uses the clock any more, so the market resumes where it stands now. */
  stop(release: boolean): Promise<void>;
};

type ClockOptions = {
  readonly databaseUrl: string;
  readonly venueId: string;
  readonly speed: number;
  readonly onTrouble: (message: string) => void;
};

/** How far ahead of use the highest market time is written, wall time. */
const AHEAD_MS = 5000;
const WRITE_EVERY_MS = 1000;

/** Never before anything that was stamped: also where a writer that hung was overtaken by what it served. */
const ANCHOR = `
  UPDATE venue_clocks k SET anchor_wall = $2::timestamptz, speed = $3::int, anchor_market = r.resume,
    high_water = r.resume + $4 * interval '1 millisecond' * $3::int
  FROM (SELECT greatest(c.high_water, v.opened_at,
      (SELECT max(y.slot) FROM cycles y JOIN bots b ON b.id = y.bot_id JOIN accounts a ON a.id = b.account_id
        WHERE a.venue_id = $1 AND y.status <> 'due' AND y.skip_reason IS DISTINCT FROM 'missed')) AS resume
    FROM venue_clocks c JOIN venues v ON v.id = c.venue_id WHERE c.venue_id = $1) r
  WHERE k.venue_id = $1 RETURNING k.anchor_market AS "marketTime"`;

const RAISE = `
  UPDATE venue_clocks SET high_water = greatest(high_water,
    anchor_market + ($2::timestamptz - anchor_wall + $3 * interval '1 millisecond') * speed)
  WHERE venue_id = $1`;

const RELEASE = `
  UPDATE venue_clocks SET high_water = anchor_market + ($2::timestamptz - anchor_wall) * speed, speed = 0
  WHERE venue_id = $1`;

/**
 * Sets a demo venue's clock going from where the market stopped, and keeps its high water mark five seconds ahead, so
 * that market time stands still while the product is down and never runs back. Returns also the market time now, ms.
 */
export const openDemoClock = async (options: ClockOptions): Promise<DemoClock & { readonly marketTime: number }> => {
  const { databaseUrl, venueId, speed, onTrouble } = options;
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1, connectionTimeoutMillis: AHEAD_MS });
  pool.on("error", () => undefined);
  const { rows } = await pool.query<{ marketTime: Date }>(ANCHOR, [venueId, new Date(), speed, AHEAD_MS]);
  if (!rows[0]) throw new Error(`the demo venue ${venueId} has no clock`);
  let writing: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    writing = writing
      .then(() => pool.query(RAISE, [venueId, new Date(), AHEAD_MS]))
      .catch((error: unknown) => onTrouble(`the market's clock could not be written: ${String(error)}`));
  }, WRITE_EVERY_MS);
  const stop = async (release: boolean): Promise<void> => {
    clearInterval(timer);
    await writing;
    if (release) await pool.query(RELEASE, [venueId, new Date()]).catch(() => undefined);
    await pool.end();
  };
  return { stop, marketTime: rows[0].marketTime.getTime() };
};
